using Causality.Core;

namespace Causality.Storage.Maintenance;

/// <summary>Counts what has been looked at; any number of threads add.</summary>
internal sealed class VerifyTally(long expected, IProgress<MaintenanceProgress>? progress)
{
    private readonly List<SegmentDamage> _damages = [];
    private readonly Lock _lock = new();

    public long Segments { get; private set; }

    public long Entries { get; private set; }

    public long SizeBytes { get; private set; }

    public long DamageCount { get; private set; }

    public void Add(SegmentMetadata row, SegmentDamage? damage)
    {
        lock (_lock)
        {
            (Segments, Entries, SizeBytes) = (Segments + 1, Entries + row.EntryCount, SizeBytes + row.SizeBytes);
            if (damage is not null && ++DamageCount <= VerifyOptions.MaxListed)
                _damages.Add(damage);
            progress?.Report(new MaintenanceProgress("verifying segments", Segments, Math.Max(expected, Segments)));
        }
    }

    /// <summary>The damages so far, ascending by segment.</summary>
    public IReadOnlyList<SegmentDamage> Damages()
    {
        lock (_lock)
            return [.. _damages.OrderBy(damage => damage.Segment.Id)];
    }
}
