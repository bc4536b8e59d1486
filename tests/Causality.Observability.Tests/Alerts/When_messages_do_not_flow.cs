using System.Text;
using System.Text.RegularExpressions;
using Causality.Contracts.Http.Control;
using Causality.Observability.Tests.Tools;
using Causality.Standalone.Embedding;
using Causality.TestKit.Processes;
using Causality.TestKit.Servers;
using RabbitMQ.Client;

namespace Causality.Observability.Tests.Alerts;

/// <summary>A real broker whose queues are left alone, fill up or are missing, and what Prometheus says of it.</summary>
public sealed partial class When_messages_do_not_flow(Broker broker) : IClassFixture<Broker>, IAsyncDisposable
{
    private readonly Operators _operators = new();
    private RabbitMqServer? _room;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _operators.DisposeAsync();
        if (_room is not null)
            await _room.DisposeAsync();
    }

    [Fact, Proves("ConsumerMissing", "BacklogGrowing", "UnackedStuck")]
    public async Task Queues_without_a_consumer_are_told_apart_from_deep_ones()
    {
        var one = await StartAsync();
        var named = RuleQueues().Match(await File.ReadAllTextAsync(RuleTrial.RulesFile, Token)).Groups[1].Value.Split('|');
        // Endpoints start side by side, in no order.
        var healthy = await SnapAsync(one, samples => Array.TrueForAll(named, queue => samples.Value("rabbitmq_detailed_queue_consumers", ("queue", queue)) == 1));
        var queues = healthy.Series.Keys.Where(series => series.StartsWith("rabbitmq_detailed_queue_consumers", StringComparison.Ordinal)).Select(series => QueueLabel().Match(series).Groups[1].Value);
        // The rules name every queue of the services and no other.
        queues.Where(queue => !queue.EndsWith("_error", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList().ShouldBe(named);
        (await RuleTrial.FireAsync(healthy, healthy)).ShouldBeEmpty();

        await one.StopAsync(Token);
        var alone = await SnapAsync(null, samples => samples.Value("rabbitmq_detailed_queue_consumers", ("queue", "sync-requested")) == 0);
        (await RuleTrial.FireAsync(healthy, alone)).ShouldBe(["ConsumerMissing"]);

        await using var connection = await Broker.ConnectAsync(_room!);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Token);
        for (var i = 0; i < 150; i++)
            await PublishAsync(channel, "{}");
        var deep = await SnapAsync(null, samples => samples.Value("rabbitmq_detailed_queue_messages_ready", ("queue", "sync-requested")) == 150);
        (await RuleTrial.FireAsync(healthy, deep, "rabbitmq_detailed_queue_messages_ready")).ShouldBe(["BacklogGrowing", "ConsumerMissing"]);

        // A program that takes one and neither acknowledges nor lets go.
        (await channel.BasicGetAsync("sync-requested", autoAck: false, Token)).ShouldNotBeNull();
        var held = await SnapAsync(null, samples => samples.Value("rabbitmq_detailed_queue_messages_unacked", ("queue", "sync-requested")) == 1);
        (await RuleTrial.FireAsync(alone, held)).ShouldContain("UnackedStuck");
    }

    [Fact, Proves("DeadLetters", "UnroutableMessages", "BrokerAlarm")]
    public async Task What_the_broker_cannot_deliver_or_take_is_told()
    {
        var one = await StartAsync();
        await using var connection = await Broker.ConnectAsync(_room!);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Token);
        var healthy = await SnapAsync(one, samples => samples.Value("causality_dead_letters", ("queue", "sync-requested")) == 0 && samples.Value("rabbitmq_global_messages_unroutable_returned_total") is not null);
        (await RuleTrial.FireAsync(healthy, healthy)).ShouldBeEmpty();

        await PublishAsync(channel, "this is no JSON");
        var dead = await SnapAsync(one, samples => samples.Value("causality_dead_letters", ("queue", "sync-requested")) == 1);
        (await RuleTrial.FireAsync(healthy, dead)).ShouldBe(["DeadLetters"]);

        await channel.BasicPublishAsync("", "no-such-queue", mandatory: true, body: "{}"u8.ToArray(), cancellationToken: Token);
        var lost = await SnapAsync(one, samples => samples.Value("rabbitmq_global_messages_unroutable_returned_total") > healthy.Series.Where(pair => pair.Key.StartsWith("rabbitmq_global_messages_unroutable_returned_total", StringComparison.Ordinal)).Sum(pair => pair.Value));
        (await RuleTrial.FireAsync(dead, lost)).ShouldContain("UnroutableMessages");

        await broker.ControlAsync("set_disk_free_limit", "100000GB");
        try
        {
            var full = await SnapAsync(one, samples => samples.Value("rabbitmq_alarms_free_disk_space_watermark") == 1);
            (await RuleTrial.FireAsync(lost, full)).ShouldContain("BrokerAlarm");
            (await RuleTrial.FireAsync(lost, lost)).ShouldNotContain("BrokerAlarm");
        }
        finally
        {
            await broker.ControlAsync("set_disk_free_limit", "50MB");
        }
    }

    [Fact, Proves("ServiceQueueMissing")]
    public async Task A_service_that_never_ran_is_missed()
    {
        _room = await broker.MakeRoomAsync();
        var url = $"http://127.0.0.1:{FreePorts.Take(1)[0]}";
        var folder = Directory.CreateTempSubdirectory("causality-scheduler-");
        string[] arguments = ["--Operator:Id=one", $"--Storage:DataFolder={folder.FullName}", $"--Http:Url={url}", "--Bus:Transport=RabbitMq", $"--Bus:Uri={_room.AmqpUri}", "--Metrics:Interval=00:00:01"];
        await using (var scheduler = RunningProgram.Start("scheduler", BuiltPrograms.Service("scheduler"), arguments, new Dictionary<string, string>(), Path.Combine(folder.FullName, "log")))
        {
            var queues = await broker.ScrapeUntilAsync(_room, samples => samples.Value("rabbitmq_detailed_queue_consumers", ("queue", "sync-state")) == 1, $"the scheduler's queues\n{scheduler.Tail}");

            var fired = await RuleTrial.FireAsync(Snapshot.Of(("rabbitmq", "")), Snapshot.Of(("scheduler", await Scraping.ReadAsync($"{url}/metrics")), ("rabbitmq", queues)));

            fired.ShouldBe(["ServiceQueueMissing"]);
        }

        folder.Delete(recursive: true);
    }

    [Fact, Proves("OutboxStuck")]
    public async Task Messages_that_cannot_leave_are_told()
    {
        var one = await StartAsync();
        await one.SyncManager.AddPeerAsync(new PeerRequest { Id = "away", Address = "https://127.0.0.1:1", Pins = [new string('0', 64)] }, Token);
        var healthy = await SnapAsync(one, samples => samples.Value("causality_outbox_oldest_age_seconds") == 0);
        await broker.KillAsync();
        try
        {
            _ = one.SyncManager.SyncWithPeerAsync("away", cancellationToken: Token);
            var sick = Snapshot.Of(("standalone", await one.ScrapeUntilAsync(samples => samples.Value("causality_outbox_oldest_age_seconds") > 1 && samples.Value("causality_saga_age_seconds", ("state", "Comparing")) > 1, "a message that waits")));

            // The sync whose messages wait stands still, too, and that is told a while later.
            (await RuleTrial.FireAsync(healthy, sick)).ShouldBe(["OutboxStuck", "SagaStuck"], ignoreOrder: true);
        }
        finally
        {
            await broker.StartAgainAsync();
        }

        // Not only that the alert ends: an operator that is stopped while it connects again can wait for its broker's client for ever.
        await one.ScrapeUntilAsync(samples => samples.Value("causality_outbox_oldest_age_seconds") == 0, "messages that leave once the broker is back");
    }

    [GeneratedRegex("queue=~\"([^\"]+)\"")]
    private static partial Regex RuleQueues();

    [GeneratedRegex("queue=\"([^\"]+)\"")]
    private static partial Regex QueueLabel();

    private async Task<CausalityOperator> StartAsync()
    {
        _room = await broker.MakeRoomAsync();
        return await _operators.StartAsync("one", ["Bus:Transport=RabbitMq", $"Bus:Uri={_room.AmqpUri}"]);
    }

    private async Task<Snapshot> SnapAsync(CausalityOperator? one, Func<IReadOnlyList<Sample>, bool> wanted)
    {
        var (ours, theirs) = ("", "");
        await TestKit.Operators.Eventually.BecomesAsync(async () =>
        {
            (ours, theirs) = (one is null ? "" : await one.ScrapeAsync(), await broker.ScrapeAsync(_room!));
            return ours + theirs;
        }, page => wanted(Sample.ReadPage(page)), "the state of the queues", Token);
        return Snapshot.Of(("standalone", ours), ("rabbitmq", theirs));
    }

    private static Task PublishAsync(IChannel channel, string body) =>
        channel.BasicPublishAsync("Causality.Contracts:SyncRequested", "", mandatory: false, new BasicProperties { ContentType = "application/json" }, Encoding.UTF8.GetBytes(body), Token).AsTask();
}
