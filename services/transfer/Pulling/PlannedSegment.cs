using Causality.Core;
using Causality.Protocol;

namespace Causality.Transfer.Pulling;

/// <summary>A row of the plan that is to be carried out.</summary>
/// <param name="Wish">What the row asks for.</param>
/// <param name="IsNew">True when our log has no segment of that name.</param>
internal sealed record PlannedSegment(SegmentWish Wish, bool IsNew)
{
    /// <summary>The segment.</summary>
    public SegmentMetadata Segment => Wish.Segment;

    /// <summary>Entries that are about to come: those named, or all.</summary>
    public long Entries => Wish.Entries?.Count ?? Segment.EntryCount;

    /// <summary>Content bytes that are about to come, as far as one knows: entries are taken for average ones.</summary>
    public long Bytes => Wish.Entries is { } entries ? entries.Count * (Segment.SizeBytes / Math.Max(1, Segment.EntryCount)) : Segment.SizeBytes;
}
