using System.Globalization;
using Causality.PipelineBenchmark;

using var cancellation = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    cancellation.Cancel();
};
var setting = Setting.Read(args);
var report = new Report(setting.Json);

Say("the broker alone ...");
var raw = await RawBroker.MeasureAsync(setting, cancellation.Token);
Say("the same messages with MassTransit, a saga in memory, no outbox ...");
var bare = await BarePipeline.MeasureAsync(setting, cancellation.Token);
Say($"starting {setting.Peers} peers ...");
await using var park = new PeerPark();
await park.OpenAsync(setting, cancellation.Token);
await using var race = await SyncRace.OpenAsync(setting, [.. park.Peers.Select(peer => peer.Id)], cancellation.Token);
Say("syncs ...");
await race.RunAsync(setting.Peers, setting.WarmUp, cancellation.Token);
var sequential = await race.RunAsync(1, setting.Sequential, cancellation.Token);
var before = await Effort.ReadAsync(setting, cancellation.Token);
var crowded = await race.RunAsync(setting.Peers, setting.Crowded, cancellation.Token);
var after = await Effort.ReadAsync(setting, cancellation.Token);

report.Add("one after the other, p50 ms; other: no outbox", sequential.P50, bare.Sequential.P50, "< 60", sequential.P50 < 60);
report.Add("one after the other, p99 ms; other: no outbox", sequential.P99, bare.Sequential.P99);
report.Add("one after the other, p50 ms; other: raw publish to consume", sequential.P50, raw.Sequential.P50);
report.Add("one after the other, p99 ms; other: raw publish to consume", sequential.P99, raw.Sequential.P99);
report.Add($"{setting.Peers} peers at once, syncs/s; other: no outbox", crowded.PerSecond, bare.Crowded.PerSecond, "> 100", crowded.PerSecond > 100);
report.Add($"{setting.Peers} peers at once, syncs/s; other: raw messages/s", crowded.PerSecond, raw.Crowded.PerSecond);
report.Add($"{setting.Peers} peers at once, p50 ms; other: no outbox", crowded.P50, bare.Crowded.P50);
report.Add($"{setting.Peers} peers at once, p99 ms; other: no outbox", crowded.P99, bare.Crowded.P99);
foreach (var (name, each) in after.Since(before, crowded.Count))
    report.Add(name.StartsWith("cpu", StringComparison.Ordinal) ? $"{name}, ms per sync" : $"{name} per sync", each);
report.End();
return 0;

static void Say(string text) => Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{DateTime.Now:HH:mm:ss} {text}"));
