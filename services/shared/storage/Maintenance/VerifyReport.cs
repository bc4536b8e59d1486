using Causality.Storage.Blobs;

namespace Causality.Storage.Maintenance;

/// <summary>What verifying a store has found.</summary>
public sealed record VerifyReport
{
    /// <summary>Segments looked at.</summary>
    public required long Segments { get; init; }

    /// <summary>Sum of their entry counts.</summary>
    public required long Entries { get; init; }

    /// <summary>Content bytes looked at, uncompressed.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>The log's root fingerprint, as the head row says, in hexadecimal.</summary>
    public required string Root { get; init; }

    /// <summary>What the head row says that the rows do not bear out; null when it is right.</summary>
    public string? HeadFault { get; init; }

    /// <summary>Damaged segments, ascending by id; at most <see cref="VerifyOptions.MaxListed"/>.</summary>
    public required IReadOnlyList<SegmentDamage> Damages { get; init; }

    /// <summary>Damaged segments, also those that are not listed.</summary>
    public required long DamageCount { get; init; }

    /// <summary>Blobs in the store that no row points at and that are older than the grace: space, no damage.</summary>
    public required LeftOvers Orphans { get; init; }

    /// <summary>Temporary files older than the grace: space, no damage.</summary>
    public required LeftOvers Temporary { get; init; }

    /// <summary>Journals that were damaged and set aside when they were adopted: entries that had been acknowledged may be missing.</summary>
    public required IReadOnlyList<string> DamagedJournals { get; init; }

    /// <summary>Damaged segments that are whole again.</summary>
    public long Repaired => Damages.LongCount(damage => damage.RepairedFrom is not null);

    /// <summary>True when everything that must be there is there, by now.</summary>
    public bool IsSound => HeadFault is null && DamageCount == Repaired && DamagedJournals.Count == 0;
}
