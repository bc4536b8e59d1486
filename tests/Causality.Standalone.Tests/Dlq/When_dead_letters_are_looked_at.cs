using System.Text.Json;
using RabbitMQ.Client;
using static Causality.Standalone.Tests.Dlq.CommandLine;

namespace Causality.Standalone.Tests.Dlq;

public sealed class When_dead_letters_are_looked_at
{
    [Fact]
    public async Task List_should_count_them_and_say_since_when_and_why()
    {
        await using var house = await DeadLetterHouse.OpenAsync();
        await house.PutAsync("first");
        await house.PutAsync("second");
        await house.PutAsync(DeadLetterHouse.Errors, "x"u8.ToArray(), new BasicProperties { MessageId = "third" });

        var run = await CausalityAsync(house.Broker, "dlq", "list", "--json");

        run.ExitCode.ShouldBe(0, run.Errors);
        var queue = run.Json.EnumerateArray().ShouldHaveSingleItem();
        queue.GetProperty("queue").GetString().ShouldBe(DeadLetterHouse.Errors);
        queue.GetProperty("count").GetInt64().ShouldBe(3);
        queue.GetProperty("oldest_at").GetDateTimeOffset().ShouldBe(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        queue.GetProperty("reasons").EnumerateArray().Select(reason => $"{reason.GetProperty("count")} {reason.GetProperty("reason")}")
            .ShouldBe(["2 System.InvalidOperationException", "1 unknown"]);
        (await house.CountAsync(DeadLetterHouse.Errors)).ShouldBe(3u);
    }

    [Fact]
    public async Task Show_should_print_headers_and_body_and_leave_the_message()
    {
        await using var house = await DeadLetterHouse.OpenAsync();
        await house.PutAsync("first", """{"peerId":"operator-b"}""");
        await house.PutAsync("second");

        var run = await CausalityAsync(house.Broker, "dlq", "show", DeadLetterHouse.Errors, "--id", "first");

        run.ExitCode.ShouldBe(0, run.Errors);
        run.Output.ShouldContain("message first, application/json");
        run.Output.ShouldContain("System.InvalidOperationException: The disk is full.");
        run.Output.ShouldContain("at 2026-01-02 03:04:05Z, by Causality.Scheduler.Consumers.SyncRequestedConsumer");
        run.Output.ShouldContain("""{"peerId":"operator-b"}""");
        run.Output.ShouldNotContain("second");
        (await house.CountAsync(DeadLetterHouse.Errors)).ShouldBe(2u);
    }

    [Fact]
    public async Task Show_should_bound_a_body_and_never_obey_it()
    {
        await using var house = await DeadLetterHouse.OpenAsync();
        await house.PutAsync("long", "\u001b[31mred" + new string('é', 100_000));
        await house.PutAsync(DeadLetterHouse.Errors, new byte[] { 0xff, 0x00, 0x1b }, new BasicProperties { MessageId = "binary" });

        var run = await CausalityAsync(house.Broker, "dlq", "show", DeadLetterHouse.Errors, "--json");

        var bodies = run.Json.EnumerateArray().Select(message => message.GetProperty("body").GetString()!).ToList();
        bodies[0].ShouldStartWith("\\u001b[31mred");
        bodies[0].ShouldEndWith("(200008 bytes in all)");
        bodies[0].Length.ShouldBeLessThan(5_000);
        bodies[1].ShouldBe("ff001b");
    }

    [Theory]
    [InlineData("sync-requested_error", "--id", "nobody", "There is no message nobody in 'sync-requested_error'.")]
    [InlineData("sync-requested", "--limit", "1", "'sync-requested' is no queue of dead letters")]
    [InlineData("sync-state_error", "--limit", "1", "There is no queue 'sync-state_error'")]
    [InlineData("sync-requested_error", "--limit", "0", "--limit is 0; it must be from 1 to 1000.")]
    public async Task Show_should_say_what_is_wrong_with_the_question(string queue, string option, string value, string error)
    {
        await using var house = await DeadLetterHouse.OpenAsync();

        var run = await CausalityAsync(house.Broker, "dlq", "show", queue, option, value);

        run.ExitCode.ShouldBe(1);
        run.Errors.ShouldContain(error);
    }

    [Theory]
    [InlineData(null, "--amqp or CAUSALITY_AMQP")]
    [InlineData("localhost:5672", "not of the form amqp://")]
    [InlineData("amqp://somebody:secret@127.0.0.1:9/", "amqp://127.0.0.1:9/%2F did not let us in")]
    public async Task A_broker_that_is_not_there_should_be_named_without_its_password(string? broker, string error)
    {
        var run = broker is null ? await CausalityAsync(null, "dlq", "list") : await CausalityAsync(null, "dlq", "list", "--amqp", broker);

        run.ExitCode.ShouldBe(1);
        run.Errors.ShouldContain(error);
        run.Errors.ShouldNotContain("secret");
    }
}
