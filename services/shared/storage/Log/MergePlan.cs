using Causality.Core;

namespace Causality.Storage.Log;

/// <summary>What merging one segment's offers into its row comes to, and the row that this was worked out from.</summary>
internal sealed class MergePlan
{
    private LogSegment? _current;

    /// <summary>The row as it was read; null when there was none.</summary>
    public SegmentMetadata? Before { get; private init; }

    /// <summary>The new content to store; null when nothing changes.</summary>
    public LogSegment? Changed { get; private set; }

    /// <summary>One result per offer, in order.</summary>
    public List<ImportResult> Results { get; } = [];

    /// <summary>Works it out.</summary>
    /// <param name="before">The row; null when there is none.</param>
    /// <param name="offers">At least one, all of one id.</param>
    /// <param name="load">Reads the stored copy; called at most once, and only when contents differ.</param>
    /// <exception cref="SegmentInvalidException">The union is larger than a segment may be.</exception>
    public static async Task<MergePlan> MakeAsync(SegmentMetadata? before, IReadOnlyList<SegmentOffer> offers, Func<SegmentMetadata, Task<LogSegment>> load)
    {
        var plan = new MergePlan { Before = before };
        foreach (var offer in offers)
            await plan.MergeAsync(offer, load).ConfigureAwait(false);
        return plan;
    }

    /// <summary>True when the row is still the one the plan was made from.</summary>
    public bool Fits(SegmentMetadata? row) => row?.ContentHash == Before?.ContentHash;

    private async Task MergeAsync(SegmentOffer offer, Func<SegmentMetadata, Task<LogSegment>> load)
    {
        var segment = offer.Segment;
        var present = _current?.Metadata ?? Before;
        if (present is null)
            Take(segment, ImportOutcome.Stored, segment.Count);
        else if (present.ContentHash == segment.Metadata.ContentHash)
            Results.Add(new ImportResult(ImportOutcome.Unchanged, present, 0));
        else if (present.ContentHash == offer.Extends)
            Take(segment, ImportOutcome.Merged, segment.Count - present.EntryCount);
        else
            Merge(segment, _current ??= await load(present).ConfigureAwait(false));
    }

    private void Merge(LogSegment offered, LogSegment current)
    {
        var union = current.Union(offered);
        if (union.Metadata.ContentHash == current.Metadata.ContentHash)
        {
            Results.Add(new ImportResult(ImportOutcome.Unchanged, current.Metadata, 0));
            return;
        }

        Take(union, ImportOutcome.Merged, union.Count - current.Count);
        Results[^1] = Results[^1] with { Added = [.. Enumerable.Range(0, offered.Count).Select(offered.KeyAt).Where(key => !current.TryFind(key, out _)).Select(key => key.Hash)] };
    }

    private void Take(LogSegment segment, ImportOutcome outcome, long added)
    {
        _current = Changed = segment;
        Results.Add(new ImportResult(outcome, segment.Metadata, added));
    }
}
