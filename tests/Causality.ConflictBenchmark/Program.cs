using Causality.ConflictBenchmark;

using var cancellation = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    cancellation.Cancel();
};
var (quick, report) = (args.Contains("--quick"), new Report(args.Contains("--json")));
const double MiB = 1024 * 1024;

IndexRace.MeasureIndex(200_000);
foreach (var millions in quick ? [1] : (int[])[1, 10, 50])
{
    var ours = IndexRace.MeasureIndex(millions * 1_000_000L);
    IndexRace.Figures? other = millions > 10 ? null : IndexRace.MeasureDictionary(millions * 1_000_000L);
    report.Add($"index of {millions} million entries, checked and added/s of one core; other: Dictionary", ours.PerSecond, other?.PerSecond, "> 500,000", ours.PerSecond > 500_000);
    report.Add($"index of {millions} million entries, bytes/entry; other: Dictionary", ours.BytesPerEntry, other?.BytesPerEntry, "< 128", ours.BytesPerEntry < 128);
    report.Add($"index of {millions} million entries, MiB", ours.BytesPerEntry * millions * 1_000_000 / MiB);
}

var rebuilt = await RebuildRace.MeasureAsync(quick ? 500_000 : 2_000_000, cancellation.Token);
report.Add("index rebuilt from the store, entries of 256 bytes/s by the clock, all cores", rebuilt.PerSecond, null, "> 1,000,000", rebuilt.PerSecond > 1_000_000);
report.Add("index rebuilt from the store, entries of 256 bytes/s of one core", rebuilt.PerCoreSecond);

var conflicts = quick ? 20_000 : 100_000;
var resolved = await ConflictRace.MeasureAsync(conflicts, cancellation.Token);
report.Add($"{conflicts:N0} conflicts of one sync, resolved/s; other: their rows by COPY", resolved.Ours, resolved.Other);
return 0;
