using Causality.Core;

namespace Causality.Storage.Log;

/// <summary>What merging one segment's offers into its row comes to, and the row that this was worked out from.</summary>
internal sealed class MergePlan
{
    private LogSegment? _current;

    /// <summary>The row as it was read; null when there was none.</summary>
    public SegmentMetadata? Before { get; private init; }

    /// <summary>The new row; null when nothing changes.</summary>
    public SegmentMetadata? Changed { get; private set; }

    /// <summary>The new content, to be stored; null when nothing changes, when an offer brought it into the blob batch, or after <see cref="TakeContent"/>.</summary>
    private LogSegment? Content { get; set; }

    /// <summary>One result per offer, in order.</summary>
    public List<ImportResult> Results { get; } = [];

    /// <summary>Works it out.</summary>
    /// <param name="before">The row; null when there is none.</param>
    /// <param name="offers">At least one, all of one id.</param>
    /// <param name="load">Reads the stored copy; called at most once, and only when contents differ.</param>
    /// <param name="loadOffer">Reads an offer that is not in memory; only when it has to be united with something.</param>
    /// <exception cref="SegmentInvalidException">The union is larger than a segment may be.</exception>
    public static async Task<MergePlan> MakeAsync(
        SegmentMetadata? before, IReadOnlyList<SegmentOffer> offers, Func<SegmentMetadata, Task<LogSegment>> load, Func<SegmentMetadata, Task<LogSegment>> loadOffer)
    {
        var plan = new MergePlan { Before = before };
        foreach (var offer in offers)
            await plan.MergeAsync(offer, load, loadOffer).ConfigureAwait(false);
        return plan;
    }

    /// <summary>True when the row is still the one the plan was made from.</summary>
    public bool Fits(SegmentMetadata? row) => row?.ContentHash == Before?.ContentHash;

    /// <summary>The content to store, handed over once, so that the plans of a batch do not keep all contents in memory.</summary>
    public LogSegment? TakeContent()
    {
        var content = Content;
        (Content, _current) = (null, null);
        return content;
    }

    private async Task MergeAsync(SegmentOffer offer, Func<SegmentMetadata, Task<LogSegment>> load, Func<SegmentMetadata, Task<LogSegment>> loadOffer)
    {
        var present = Changed ?? Before;
        if (present is null)
        {
            Take(offer.Metadata, offer.Segment, ImportOutcome.Stored, offer.Metadata.EntryCount);
        }
        else if (present.ContentHash == offer.Metadata.ContentHash)
        {
            Results.Add(new ImportResult(ImportOutcome.Unchanged, present, 0));
        }
        else if (present.ContentHash == offer.Extends)
        {
            Take(offer.Metadata, offer.Segment, ImportOutcome.Merged, offer.Metadata.EntryCount - present.EntryCount);
        }
        else
        {
            _current ??= await (Changed is null ? load(present) : loadOffer(present)).ConfigureAwait(false);
            Merge(offer.Segment ?? await loadOffer(offer.Metadata).ConfigureAwait(false), _current);
        }
    }

    private void Merge(LogSegment offered, LogSegment current)
    {
        var union = current.Union(offered);
        if (union.Metadata.ContentHash == current.Metadata.ContentHash)
        {
            Results.Add(new ImportResult(ImportOutcome.Unchanged, current.Metadata, 0));
            return;
        }

        Take(union.Metadata, union, ImportOutcome.Merged, union.Count - current.Count);
        Results[^1] = Results[^1] with { Added = [.. Enumerable.Range(0, offered.Count).Select(offered.KeyAt).Where(key => !current.TryFind(key, out _)).Select(key => key.Hash)] };
    }

    private void Take(SegmentMetadata changed, LogSegment? content, ImportOutcome outcome, long added)
    {
        (Changed, Content, _current) = (changed, content, content);
        Results.Add(new ImportResult(outcome, changed, added));
    }
}
