using Causality.Core;

namespace Causality.Storage.Log;

/// <summary>What importing one segment did.</summary>
/// <param name="Outcome">What happened.</param>
/// <param name="Metadata">The segment as it now stands.</param>
/// <param name="EntriesAdded">Entries that our copy of the segment did not have.</param>
public sealed record ImportResult(ImportOutcome Outcome, SegmentMetadata Metadata, long EntriesAdded)
{
    /// <summary>Hashes of those entries, when there was a copy of the segment before; null when there was none, so that all are new.</summary>
    public IReadOnlyList<ContentHash>? Added { get; init; }

    /// <summary>Equal by what happened; <see cref="Added"/> follows from it.</summary>
    public bool Equals(ImportResult? other) => other is not null && (Outcome, Metadata, EntriesAdded) == (other.Outcome, other.Metadata, other.EntriesAdded);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Outcome, Metadata, EntriesAdded);
}
