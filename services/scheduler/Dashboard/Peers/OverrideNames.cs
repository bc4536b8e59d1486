using System.Globalization;
using Causality.Contracts;

namespace Causality.Scheduler.Dashboard.Peers;

/// <summary>A peer's overrides as fields of a form: name, label, unit and value as text.</summary>
public static class OverrideNames
{
    private const string Way = "Which way segments move";

    /// <summary>The fields with whole numbers, in order.</summary>
    public static IReadOnlyList<(string Name, string Label, string Unit, Func<SyncOverrides, long?> Read, Func<SyncOverrides, long, SyncOverrides> Write)> Numbers { get; } =
    [
        ("syncIntervalMs", "Time between scheduled syncs", "ms", o => o.SyncIntervalMs, (o, v) => o with { SyncIntervalMs = v }),
        ("batchSize", "Entries in one batch", "entries", o => o.BatchSize, (o, v) => o with { BatchSize = (int)Math.Clamp(v, int.MinValue, int.MaxValue) }),
        ("syncTimeoutMs", "Longest time without progress", "ms", o => o.SyncTimeoutMs, (o, v) => o with { SyncTimeoutMs = v }),
        ("maxSyncDurationMs", "Longest time of a whole sync, 0 for no limit", "ms", o => o.MaxSyncDurationMs, (o, v) => o with { MaxSyncDurationMs = v }),
        ("maxRetries", "Attempts after the first", "attempts", o => o.MaxRetries, (o, v) => o with { MaxRetries = (int)Math.Clamp(v, int.MinValue, int.MaxValue) }),
        ("maxSegmentAgeMs", "Leave out segments older than, 0 for no limit", "ms", o => o.MaxSegmentAgeMs, (o, v) => o with { MaxSegmentAgeMs = v }),
        ("maxImportBytes", "Most bytes that one sync may bring in, 0 for no limit", "bytes", o => o.MaxImportBytes, (o, v) => o with { MaxImportBytes = v }),
        ("bandwidthBytesPerSecond", "Most bytes a second, 0 for no limit", "bytes/s", o => o.BandwidthBytesPerSecond, (o, v) => o with { BandwidthBytesPerSecond = v }),
    ];

    /// <summary>The switches, in order.</summary>
    public static IReadOnlyList<(string Name, string Label, Func<SyncOverrides, bool?> Read, Func<SyncOverrides, bool, SyncOverrides> Write)> Switches { get; } =
    [
        ("useDifferentialSync", "Compare first and move only what differs", o => o.UseDifferentialSync, (o, v) => o with { UseDifferentialSync = v }),
        ("verifyHashes", "Check every content hash before storing", o => o.VerifyHashes, (o, v) => o with { VerifyHashes = v }),
    ];

    /// <summary>The words for a setting, by its name on the wire; the name itself for one that comes later.</summary>
    public static string LabelOf(string name) => name == "mode"
        ? Way
        : Numbers.Select(field => (field.Name, field.Label)).Concat(Switches.Select(field => (field.Name, field.Label))).FirstOrDefault(field => field.Name == name).Label ?? name;

    /// <summary>The unit of a setting, by its name on the wire; empty for none.</summary>
    public static string UnitOf(string name) => Numbers.FirstOrDefault(field => field.Name == name).Unit ?? "";

    /// <summary>What is set, for people; empty for none.</summary>
    public static IReadOnlyList<(string Label, string Value)> Describe(SyncOverrides? overrides) => overrides is null ? [] :
    [
        .. Numbers.Where(field => field.Read(overrides) is not null).Select(field => (field.Label, $"{field.Read(overrides)!.Value.ToString("N0", CultureInfo.InvariantCulture)} {field.Unit}")),
        .. Switches.Where(field => field.Read(overrides) is not null).Select(field => (field.Label, field.Read(overrides)!.Value ? "yes" : "no")),
        .. overrides.Mode is { } mode ? [(Way, mode.ToString())] : Array.Empty<(string, string)>(),
    ];
}
