using System.Diagnostics;
using Causality.Contracts;
using Causality.Core;
using Causality.Differ.Comparing;
using Causality.Protocol.Client;
using Causality.ReconciliationBenchmark;
using Causality.Storage.Log.Reconciling;
using Causality.Storage.Log.Sharing;

var quick = args.Contains("--quick");
var report = new Report(args.Contains("--json"));
var million = quick ? 100_000 : 1_000_000;
using var identity = PeerServer.Identify("alpha");
using var protocol = new HttpSyncProtocol(identity, new HttpSyncProtocolOptions(), TimeProvider.System);

// --wire: only what needs no database.
if (!args.Contains("--wire") && Environment.GetEnvironmentVariable("CAUSALITY_TEST_POSTGRES") is { Length: > 0 } postgres)
    await DatabaseIndex.MeasureAsync(postgres, million, report);
await NothingToDoAsync(quick ? 10_000 : 100_000);
await MissingAsync($"{million:N0} segments, 1,000 newest missing", million, number => number < million - 1_000, 40);
await MissingAsync($"{million:N0} segments, 1,000 scattered missing", million, number => number % (million / 1_000) != 77, 60);
await MissingAsync($"{million:N0} segments, 3 newest missing", million, number => number < million - 3, null);
report.End();

async Task NothingToDoAsync(int segments)
{
    await using var server = await PeerServer.StartAsync(new SyntheticLog(segments, _ => true));
    for (var warm = 0; warm < 20; warm++)
        await protocol.GetInfoAsync(server.Endpoint, default);
    var (before, times) = (server.Wire.Bytes, new List<double>());
    for (var round = 0; round < 200; round++)
    {
        var started = Stopwatch.GetTimestamp();
        await protocol.GetInfoAsync(server.Endpoint, default);
        times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }

    var bytes = (server.Wire.Bytes - before) / 200.0;
    report.Add($"nothing to do at {segments:N0} segments, bytes on the wire (TLS, headers), 1 round trip", bytes, null, "< 1000", bytes < 1_000);
    report.Add($"nothing to do at {segments:N0} segments, ms (median)", Median(times), null, "< 20", Median(times) < 20);
}

// Ours finds by the first round of ranges and then symbols; the other is Negentropy alone, in the same run over the same wire.
async Task MissingAsync(string work, int segments, Func<int, bool> isHere, double? aimKilobytes)
{
    await using var server = await PeerServer.StartAsync(new SyntheticLog(segments, _ => true));
    var log = new SyntheticLog(segments, isHere);
    using var index = new SegmentIndex(log);
    var heap = GC.GetTotalMemory(forceFullCollection: true);
    await index.RefreshAsync();
    report.Add($"{work}: index, MB on the heap", (GC.GetTotalMemory(forceFullCollection: true) - heap) / 1e6, null, "<= 150", (GC.GetTotalMemory(false) - heap) / 1e6 <= 150);
    var ours = await RunAsync(server, log, index, null);
    var ranges = await RunAsync(server, log, index, []);
    report.Add($"{work}: round trips, info and metadata included", ours.RoundTrips, ranges.RoundTrips, "<= 4", ours.RoundTrips <= 4);
    report.Add($"{work}: kB to find the ids", ours.FindBytes / 1e3, ranges.FindBytes / 1e3, aimKilobytes is { } ids ? $"<= {ids}" : null, aimKilobytes is null ? null : ours.FindBytes / 1e3 <= aimKilobytes);
    report.Add($"{work}: kB before the data, metadata included", ours.Bytes / 1e3, ranges.Bytes / 1e3, aimKilobytes is { } all ? $"<= {all}" : null, aimKilobytes is null ? null : ours.Bytes / 1e3 <= aimKilobytes);
    report.Add($"{work}: ms", ours.Milliseconds, ranges.Milliseconds);
}

async Task<Run> RunAsync(PeerServer server, SyntheticLog log, SegmentIndex index, IReadOnlyList<string>? capabilities)
{
    var runs = new List<Run>();
    for (var round = 0; round < 5; round++)
    {
        var tally = ExchangeTally.Begin();
        var started = Stopwatch.GetTimestamp();
        var info = await protocol.GetInfoAsync(server.Endpoint, default);
        info = capabilities is null ? info : info with { Capabilities = capabilities };
        var milestone = Milestone.Before(protocol, tally);
        var finder = new ReconcilingFinder(milestone.Protocol);
        var found = 0;
        await foreach (var pair in finder.FindAsync(new Comparison(server.Endpoint, new SyncSettings(), info, new SharedLog(SegmentScope.Everything, log, index), (await log.GetHeadAsync()).Fingerprint.ToRoot()), () => Task.CompletedTask, default))
            found += pair.Remote is null ? 0 : 1;
        var missing = server.Index.Count - index.Count;
        if (found != missing)
            throw new InvalidOperationException($"{found} of {missing} missing segments were found.");
        runs.Add(new Run(tally.RoundTrips, tally.Bytes, milestone.FoundAt, Stopwatch.GetElapsedTime(started).TotalMilliseconds));
    }

    return runs.OrderBy(run => run.Milliseconds).ElementAt(runs.Count / 2);
}

static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

internal sealed record Run(long RoundTrips, long Bytes, long FindBytes, double Milliseconds);
