using Causality.Core;
using Causality.Storage.Backup;
using Causality.Storage.Blobs;
using Causality.Storage.Maintenance;

namespace Causality.Standalone.Commands.Store;

/// <summary>Prints what became of verifying, backing up, restoring and sweeping.</summary>
internal static class StoreOutput
{
    /// <summary>Damaged segments that a person is shown; JSON has them all.</summary>
    private const int Shown = 50;

    public static void Print(bool json, VerifyReport report) => Output.Print(json, ForPrograms(report), () => Show(report));

    public static void Print(bool json, BackupReport report) => Output.Print(json, report, () =>
    {
        var manifest = report.Manifest;
        Console.WriteLine($"Backup {manifest.Name} in {report.Folder}");
        Console.WriteLine($"  {Output.Number(manifest.Segments)} segments, {Output.Number(manifest.Entries)} entries, root {manifest.Root}");
        Console.WriteLine($"  {Output.Number(report.BlobsCopied)} contents copied ({Output.Number(report.BytesCopied)} bytes), {Output.Number(report.BlobsPresent)} there already");
        if (manifest.Damaged.Count > 0)
            Console.WriteLine($"  {Output.Number(manifest.Damaged.Count)} contents are damaged or missing here and not in the backup: 'causality verify --repair', then back up again.");
    });

    public static void Print(bool json, RestoreReport report, VerifyReport? verified) => Output.Print(json, new { restore = report, verify = verified is null ? null : ForPrograms(verified) }, () =>
    {
        Console.WriteLine($"Backup {report.Manifest.Name}: {Output.Number(report.Blobs)} contents {(report.Checked ? "checked, nothing changed" : "restored")}, root {report.Manifest.Root}");
        if (report.Missing.Count > 0)
            Console.WriteLine($"  {Output.Number(report.Missing.Count)} contents are missing or damaged in the backup: start the operator and run 'causality verify --repair'.");
        if (verified is null)
            return;
        Show(verified);
        Console.WriteLine("Start it only where the operator that it was does not run any more: two with one identity would confuse their peers.");
    });

    public static void Print(bool json, GarbageReport report) => Output.Print(json, report, () =>
        Console.WriteLine($"{(report.DryRun ? "Would remove" : "Removed")} {Describe(report.Orphans, "unused contents")} and {Describe(report.Temporary, "files of interrupted writes")}."));

    private static void Show(VerifyReport report)
    {
        foreach (var damage in report.Damages.Take(Shown))
            Console.WriteLine($"{damage.Segment.Id}: {damage.Kind}: {Printable.Shorten(damage.Detail)}{(damage.RepairedFrom is { } peer ? $"; repaired from {peer}" : damage.NotRepaired is { } reason ? $"; not repaired: {Printable.Shorten(reason)}" : "")}");
        if (report.DamageCount > Shown)
            Console.WriteLine($"... and {Output.Number(report.DamageCount - Math.Min(Shown, report.Damages.Count))} more; --json lists them.");
        foreach (var journal in report.DamagedJournals)
            Console.WriteLine($"{journal}: a journal that was damaged before its end: entries that had been acknowledged may be missing.");
        if (report.HeadFault is { } fault)
            Console.WriteLine($"Head of the log: {fault}");
        Console.WriteLine($"{Output.Number(report.Segments)} segments, {Output.Number(report.Entries)} entries, {Output.Number(report.SizeBytes)} bytes verified; root {report.Root}");
        if (report.Orphans.Count + report.Temporary.Count > 0)
            Console.WriteLine($"{Describe(report.Orphans, "unused contents")}, {Describe(report.Temporary, "files of interrupted writes")}: 'causality gc' removes them.");
        Console.WriteLine(report.IsSound
            ? report.Repaired > 0 ? $"Sound: {Output.Number(report.Repaired)} damaged segments were repaired." : "Sound."
            : $"Damaged: {Output.Number(report.DamageCount - report.Repaired)} segments{(report.HeadFault is null ? "" : ", the head of the log")}{(report.DamagedJournals.Count > 0 ? ", a journal" : "")}.");
    }

    private static object ForPrograms(VerifyReport report) => new
    {
        sound = report.IsSound,
        report.Segments,
        report.Entries,
        report.SizeBytes,
        report.Root,
        report.HeadFault,
        report.DamageCount,
        report.Repaired,
        damages = report.Damages.Select(damage => new { segmentId = damage.Segment.Id.Value, contentHash = damage.Segment.ContentHash.ToString(), damage.Kind, damage.Detail, damage.RepairedFrom, damage.NotRepaired }),
        report.Orphans,
        report.Temporary,
        report.DamagedJournals,
    };

    private static string Describe(LeftOvers left, string what) => $"{Output.Number(left.Count)} {what} ({Output.Number(left.SizeBytes)} bytes)";
}
