using System.Text;
using System.Text.Json;
using RabbitMQ.Client;
using static Causality.Standalone.Tests.Dlq.CommandLine;

namespace Causality.Standalone.Tests.Dlq;

public sealed class When_dead_letters_are_moved
{
    [Fact]
    public async Task Redrive_should_send_them_back_as_they_were_and_put_it_on_record()
    {
        await using var house = await DeadLetterHouse.OpenAsync();
        await house.PutAsync("first", """{"peerId":"operator-b"}""");
        await house.PutAsync("second");

        var run = await CausalityAsync(house.Broker, "dlq", "redrive", DeadLetterHouse.Errors, "--id", "first", "--yes", "--json");

        run.ExitCode.ShouldBe(0, run.Errors);
        run.Json.GetProperty("ids").EnumerateArray().ShouldHaveSingleItem().GetString().ShouldBe("first");
        (await house.CountAsync(DeadLetterHouse.Errors)).ShouldBe(1u);
        var message = (await house.TakeAsync(DeadLetterHouse.Queue)).ShouldNotBeNull();
        Encoding.UTF8.GetString(message.Body.Span).ShouldBe("""{"peerId":"operator-b"}""");
        var properties = message.BasicProperties;
        (properties.MessageId, properties.ContentType, properties.CorrelationId, properties.Persistent).ShouldBe(("first", "application/json", "kept", true));
        // The broker counts deliveries and the client numbers what it publishes, each anew.
        properties.Headers!.Keys.Except(["x-delivery-count", "x-dotnet-pub-seq-no"]).Order().ShouldBe(["MT-Activity-Id", "MT-MessageType"]);
        var line = JsonSerializer.Deserialize<JsonElement>(run.Errors);
        line.GetProperty("action").GetString().ShouldBe("redrive");
        line.GetProperty("message_id").GetString().ShouldBe("first");
        line.GetProperty("target").GetString().ShouldBe(DeadLetterHouse.Queue);
    }

    [Fact]
    public async Task Discard_should_remove_them_and_put_it_on_record()
    {
        await using var house = await DeadLetterHouse.OpenAsync();
        foreach (var id in new[] { "first", "second", "third" })
            await house.PutAsync(id);
        var audit = Path.GetTempFileName();

        var run = await CausalityAsync(house.Broker, "dlq", "discard", DeadLetterHouse.Errors, "--all", "--limit", "2", "--yes", "--audit", audit);

        run.ExitCode.ShouldBe(0, run.Errors);
        run.Output.ShouldContain("2 messages of sync-requested_error discarded; 1 is in it now.");
        (await File.ReadAllLinesAsync(audit, TestContext.Current.CancellationToken)).Length.ShouldBe(2);
        (await house.TakeAsync(DeadLetterHouse.Errors))!.BasicProperties.MessageId.ShouldBe("third");
        (await house.CountAsync(DeadLetterHouse.Queue)).ShouldBe(0u);
        File.Delete(audit);
    }

    [Theory, InlineData("redrive"), InlineData("discard")]
    public async Task A_dry_run_should_change_nothing(string action)
    {
        await using var house = await DeadLetterHouse.OpenAsync();
        await house.PutAsync("first");

        var run = await CausalityAsync(house.Broker, "dlq", action, DeadLetterHouse.Errors, "--all", "--dry-run");

        run.ExitCode.ShouldBe(0, run.Errors);
        run.Output.ShouldContain($"would {action} message first");
        run.Errors.ShouldBeEmpty();
        (await house.CountAsync(DeadLetterHouse.Errors)).ShouldBe(1u);
        (await house.CountAsync(DeadLetterHouse.Queue)).ShouldBe(0u);
    }

    [Theory]
    [InlineData("say --dry-run to see what redrive would do, or --yes", "--all")]
    [InlineData("say which messages to redrive, --id MESSAGE_ID or --all", "--yes")]
    [InlineData("--rate is 0; it must be from 1 to 1000", "--all", "--yes", "--rate", "0")]
    [InlineData("There is no message nobody", "--id", "nobody", "--yes")]
    public async Task An_order_that_says_too_little_should_change_nothing(string error, params string[] options)
    {
        await using var house = await DeadLetterHouse.OpenAsync();
        await house.PutAsync("first");

        var run = await CausalityAsync(house.Broker, ["dlq", "redrive", DeadLetterHouse.Errors, .. options]);

        run.ExitCode.ShouldBe(1);
        run.Errors.ShouldContain(error);
        (await house.CountAsync(DeadLetterHouse.Errors)).ShouldBe(1u);
    }

    [Fact]
    public async Task Redrive_should_keep_the_dead_letter_when_its_queue_is_gone()
    {
        await using var house = await DeadLetterHouse.OpenAsync(DeadLetterHouse.Errors);
        await house.PutAsync("first");

        var run = await CausalityAsync(house.Broker, "dlq", "redrive", DeadLetterHouse.Errors, "--all", "--yes");

        run.ExitCode.ShouldBe(1);
        run.Errors.ShouldContain("there is no such queue; start the service that has it. 0 before it are done");
        (await house.CountAsync(DeadLetterHouse.Errors)).ShouldBe(1u);
    }

    [Fact]
    public async Task Redrive_should_refuse_a_plain_message_whose_type_nothing_tells_to_a_queue_of_several_types()
    {
        await using var house = await DeadLetterHouse.OpenAsync("sync-state", "sync-state_error");
        await house.PutAsync("sync-state_error", "{}"u8.ToArray(), new BasicProperties { MessageId = "first", ContentType = "application/json" });

        var run = await CausalityAsync(house.Broker, "dlq", "redrive", "sync-state_error", "--all", "--yes");

        run.ExitCode.ShouldBe(1);
        run.Errors.ShouldContain("Nothing tells the type of the plain message first");
        (await house.CountAsync("sync-state_error")).ShouldBe(1u);
    }
}
