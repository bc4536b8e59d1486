using Causality.Core;

namespace Causality.Differ.Comparing;

/// <summary>What of a segment that both sides hold is to be moved.</summary>
/// <param name="Local">Our copy.</param>
/// <param name="Remote">The peer's copy.</param>
/// <param name="Need">Entries that only the peer has; null when that is not known: then all of it.</param>
/// <param name="Have">Entries that only we have; null when that is not known.</param>
public sealed record EntryDifference(SegmentMetadata Local, SegmentMetadata Remote, IReadOnlyCollection<ContentHash>? Need, IReadOnlyCollection<ContentHash>? Have)
{
    /// <summary>Both copies whole.</summary>
    public static EntryDifference Unknown(SegmentPair pair) => new(pair.Local!, pair.Remote!, null, null);
}
