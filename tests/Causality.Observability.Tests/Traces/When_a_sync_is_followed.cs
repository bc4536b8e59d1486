using System.Diagnostics;
using System.Text;
using Causality.Contracts;
using Causality.Contracts.Http.Control;
using Causality.Observability.Tests.Alerts;
using Causality.Observability.Tests.Tools;
using Causality.Standalone.Embedding;
using Causality.TestKit.Operators;
using Causality.TestKit.Servers;
using RabbitMQ.Client;

namespace Causality.Observability.Tests.Traces;

/// <summary>One trace from the request through every service to the peer's gateway and back.</summary>
public sealed class When_a_sync_is_followed : IAsyncDisposable
{
    private readonly Operators _operators = new();
    private readonly Recorder _recorder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _operators.DisposeAsync();
        _recorder.Dispose();
    }

    [Fact]
    public async Task Should_be_one_trace_through_all_services_and_the_peer()
    {
        var (one, two) = await _operators.StartPairAsync();
        await Operators.AppendAsync(two, "by-two", 20);
        ActivityTraceId trace;
        ActivitySpanId root;
        using (var request = Recorder.Own.StartActivity("billing closes the month").ShouldNotBeNull())
        {
            (trace, root) = (request.TraceId, request.SpanId);
            (await one.SyncManager.SyncWithPeerAsync("two", cancellationToken: Token)).Status.ShouldBe(SyncStatus.Completed);
        }

        await ShouldHoldAllAsync(trace, root);
    }

    [Fact]
    public async Task Should_go_on_after_a_wait()
    {
        var one = await _operators.StartAsync("one", sync: sync => (sync.Scheduled, sync.RetryDelay, sync.MaxRetries) = (false, TimeSpan.FromMilliseconds(10), 2));
        await one.SyncManager.AddPeerAsync(new PeerRequest { Id = "away", Address = "https://127.0.0.1:1", Pins = [new string('0', 64)] }, Token);
        ActivityTraceId trace;
        using (var request = Recorder.Own.StartActivity("somebody asks").ShouldNotBeNull())
        {
            trace = request.TraceId;
            (await one.SyncManager.SyncWithPeerAsync("away", cancellationToken: Token)).Attempts.ShouldBe(3);
        }

        await Eventually.BecomesAsync(() => Task.FromResult(_recorder.Of(trace).Count(span => Says(span, nameof(CompareSegments)) && span.Kind == ActivityKind.Consumer)), count => count >= 3, "three attempts in the trace", Token);
    }

    // A program in any language says where it is by W3C's header.
    [Fact]
    public async Task Should_begin_where_a_plain_message_says_and_end_in_the_event()
    {
        Assert.SkipUnless(RabbitMqServer.IsAvailable, "no RabbitMQ is named; see infra/scripts/with-servers.sh");
        await using var room = await RabbitMqServer.CreateAsync(Token);
        var two = await _operators.StartAsync("two");
        var one = await _operators.StartAsync("one", ["Bus:Transport=RabbitMq", $"Bus:Uri={room.AmqpUri}"]);
        await one.SyncManager.AddPeerAsync(two.AsPeer(), Token);
        await two.SyncManager.AddPeerAsync(one.AsPeer(), Token);
        await Operators.AppendAsync(two, "by-two", 20);
        await using var connection = await Broker.ConnectAsync(room);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Token);
        var queue = (await channel.QueueDeclareAsync(cancellationToken: Token)).QueueName;
        await channel.QueueBindAsync(queue, "Causality.Contracts:SyncCompleted", "", cancellationToken: Token);
        var (trace, parent) = (ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom());

        var properties = new BasicProperties { ContentType = "application/json", Headers = new Dictionary<string, object?> { ["traceparent"] = $"00-{trace}-{parent}-01" } };
        await channel.BasicPublishAsync("Causality.Contracts:SyncRequested", "", false, properties, Encoding.UTF8.GetBytes("""{"peerId":"two"}"""), Token);

        var ending = await Eventually.BecomesAsync(async () => await channel.BasicGetAsync(queue, true, Token), message => message is not null, "SyncCompleted", Token);
        Encoding.UTF8.GetString((byte[])ending!.BasicProperties.Headers!["MT-Activity-Id"]!).ShouldContain(trace.ToHexString());
        await ShouldHoldAllAsync(trace, parent);
    }

    private async Task ShouldHoldAllAsync(ActivityTraceId trace, ActivitySpanId root)
    {
        await Eventually.BecomesAsync(() => Task.FromResult(_recorder.Of(trace)), spans => spans.Any(span => Says(span, nameof(ConflictsResolved)) && span.Kind == ActivityKind.Consumer), "the last step", Token);
        var spans = _recorder.Of(trace);
        var told = string.Join('\n', spans.Select(span => $"{span.Source.Name}: {span.Kind} {span.DisplayName}"));
        foreach (var message in (string[])[nameof(CompareSegments), nameof(SegmentsCompared), nameof(TransferSegments), nameof(SegmentsTransferred), nameof(ResolveConflicts), nameof(ConflictsResolved)])
        {
            var consumed = spans.FirstOrDefault(span => Says(span, message) && span.Kind == ActivityKind.Consumer).ShouldNotBeNull($"{message} in\n{told}");
            _recorder.IsBelow(consumed, root).ShouldBeTrue($"{message} below the request in\n{told}");
        }

        // The peer's gateway answers below the request that was sent to it, which stands below the consumer of the step.
        foreach (var (route, step) in (IEnumerable<(string, string)>)[("/sync/v1/info", nameof(CompareSegments)), ("/sync/v1/segments/fetch", nameof(TransferSegments))])
        {
            var sent = spans.FirstOrDefault(span => span.Kind == ActivityKind.Client && (span.GetTagItem("url.full") as string)?.EndsWith(route, StringComparison.Ordinal) == true).ShouldNotBeNull($"{route} in\n{told}");
            spans.ShouldContain(span => span.Kind == ActivityKind.Server && span.ParentSpanId == sent.SpanId, told);
            spans.Where(span => Says(span, step) && span.Kind == ActivityKind.Consumer).ShouldContain(consumed => _recorder.IsBelow(sent, consumed.SpanId), told);
        }
    }

    private static bool Says(Activity span, string message) =>
        span.Source.Name == "MassTransit" && span.TagObjects.Any(tag => tag.Value is string text && text.Contains($":{message}", StringComparison.Ordinal));
}
