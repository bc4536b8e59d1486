using Causality.Core;
using Causality.Scheduler.Dashboard.Rendering;
using Causality.Storage.Backup;
using Causality.Storage.Blobs;
using Causality.Storage.Maintenance;

namespace Causality.Standalone.Commands.Store;

/// <summary>Prints what became of verifying, backing up, restoring and sweeping.</summary>
internal static class StoreOutput
{
    /// <summary>Damaged segments that a person is shown; JSON has them all.</summary>
    private const int Shown = 50;

    /// <summary>Characters of a detail: two hashes and the words around them.</summary>
    private const int DetailLength = 256;

    public static void Print(bool json, VerifyReport report) => Output.Print(json, ForPrograms(report), () => Print(report));

    public static void Print(bool json, BackupReport report) => Output.Print(json, report, () =>
    {
        var manifest = report.Manifest;
        Console.WriteLine($"Backup {manifest.Name} in {report.Folder}");
        Console.WriteLine($"  {Show.Segments(manifest.Segments)}, {Show.Entries(manifest.Entries)}, root {manifest.Root}");
        Console.WriteLine($"  {Contents(report.BlobsCopied)} copied ({Output.Bytes(report.BytesCopied)}), {Output.Number(report.BlobsPresent)} there already");
        if (manifest.Damaged.Count > 0)
            Console.WriteLine($"  {Contents(manifest.Damaged.Count)} {Are(manifest.Damaged.Count)} damaged or missing here and not in the backup: 'causality verify --repair', then back up again.");
    });

    public static void Print(bool json, RestoreReport report, VerifyReport? verified) => Output.Print(json, new { restore = report, verify = verified is null ? null : ForPrograms(verified) }, () =>
    {
        Console.WriteLine($"Backup {report.Manifest.Name}: {Contents(report.Blobs)} {(report.Checked ? "checked, nothing changed" : "restored")}, root {report.Manifest.Root}");
        if (report.Missing.Count > 0)
            Console.WriteLine($"  {Contents(report.Missing.Count)} {Are(report.Missing.Count)} missing or damaged in the backup: start the operator and run 'causality verify --repair'.");
        if (verified is null)
            return;
        Print(verified);
        Console.WriteLine("Start it only where the operator that it was does not run any more: two with one identity would confuse their peers.");
    });

    public static void Print(bool json, GarbageReport report) => Output.Print(json, report, () =>
        Console.WriteLine($"{(report.DryRun ? "Would remove" : "Removed")} {Describe(report.Orphans, "unused content", "unused contents")} and {Describe(report.Temporary, "file of an interrupted write", "files of interrupted writes")}."));

    private static void Print(VerifyReport report)
    {
        foreach (var damage in report.Damages.Take(Shown))
            Console.WriteLine($"{damage.Segment.Id}: {damage.Kind}: {Printable.Shorten(damage.Detail, DetailLength)}{(damage.RepairedFrom is { } peer ? $"; repaired from {peer}" : damage.NotRepaired is { } reason ? $"; not repaired: {Printable.Shorten(reason, DetailLength)}" : "")}");
        if (report.DamageCount > Shown)
            Console.WriteLine($"... and {Output.Number(report.DamageCount - Math.Min(Shown, report.Damages.Count))} more; --json lists them.");
        foreach (var journal in report.DamagedJournals)
            Console.WriteLine($"{journal}: a journal that was damaged before its end: entries that had been acknowledged may be missing.");
        if (report.HeadFault is { } fault)
            Console.WriteLine($"Head of the log: {fault}");
        Console.WriteLine($"{Show.Segments(report.Segments)}, {Show.Entries(report.Entries)}, {Output.Bytes(report.SizeBytes)} verified; root {report.Root}");
        if (report.Orphans.Count + report.Temporary.Count > 0)
            Console.WriteLine($"{Describe(report.Orphans, "unused content", "unused contents")}, {Describe(report.Temporary, "file of an interrupted write", "files of interrupted writes")}: 'causality gc' removes them.");
        Console.WriteLine(report.IsSound
            ? report.Repaired > 0 ? $"Sound: {Show.Count(report.Repaired, "damaged segment was", "damaged segments were")} repaired." : "Sound."
            : $"Damaged: {Show.Segments(report.DamageCount - report.Repaired)}{(report.HeadFault is null ? "" : ", the head of the log")}{(report.DamagedJournals.Count > 0 ? ", a journal" : "")}.");
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

    private static string Contents(long count) => Show.Count(count, "content");

    private static string Are(long count) => count == 1 ? "is" : "are";

    private static string Describe(LeftOvers left, string one, string many) => $"{Show.Count(left.Count, one, many)} ({Output.Bytes(left.SizeBytes)})";
}
