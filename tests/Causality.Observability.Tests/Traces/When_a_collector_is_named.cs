using System.Diagnostics;
using System.Net.Http.Json;
using Causality.Contracts.Http.Control;
using Causality.Observability.Tests.Tools;
using Causality.TestKit.Operators;
using Causality.TestKit.Processes;
using Eventually = Causality.TestKit.Operators.Eventually;

namespace Causality.Observability.Tests.Traces;

/// <summary>Two operators as processes of their own, and a collector that both send to.</summary>
public sealed class When_a_collector_is_named
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_get_one_trace_of_both_and_metrics_and_logs()
    {
        await using var collector = await Collector.StartAsync(Token);
        await using var one = await ServedProcess.StartAsync("one", SendTo(collector, "one"));
        await using var two = await ServedProcess.StartAsync("two", SendTo(collector, "two"));
        await one.AddPeerAsync(await two.AsPeerAsync());
        await two.AddPeerAsync(await one.AsPeerAsync());
        await two.AppendAsync(20);
        var trace = ActivityTraceId.CreateRandom();

        using var request = new HttpRequestMessage(HttpMethod.Post, ControlRoutes.Syncs) { Content = JsonContent.Create(new { peer_id = "two" }) };
        request.Headers.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01");
        using var answer = await one.Http.SendAsync(request, Token);
        answer.EnsureSuccessStatusCode();

        var id = Convert.FromHexString(trace.ToHexString());
        foreach (var operatorId in (string[])["one", "two"])
        {
            await ArrivesAsync(collector, $"/{operatorId}/v1/traces", id);
            await ArrivesAsync(collector, $"/{operatorId}/v1/metrics", "causality_outbox_pending"u8.ToArray());
            await ArrivesAsync(collector, $"/{operatorId}/v1/logs", "service.name"u8.ToArray());
        }
    }

    private static Task ArrivesAsync(Collector collector, string path, byte[] bytes) =>
        Eventually.BecomesAsync(() => Task.FromResult(collector.Has(path, bytes)), has => has, $"{path} to get what belongs to it", Token);

    private static Dictionary<string, string> SendTo(Collector collector, string path) => new()
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"{collector.Address}/{path}",
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
        ["OTEL_BLRP_SCHEDULE_DELAY"] = "200",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "1000",
    };
}
