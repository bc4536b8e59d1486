using System.Runtime.CompilerServices;
using Causality.Contracts;
using Causality.Contracts.Http;
using Causality.Core;
using Causality.Storage.Database.Records;

namespace Causality.Differ.Comparing;

/// <summary>The comparison of a sync: which segments differ, then which entries of those that both sides hold.</summary>
/// <remarks>Without differential sync the peer's list is taken as the plan, and nothing is compared.</remarks>
public sealed class SegmentComparer(ListFinder list, ReconcilingFinder reconciling, EntryComparer entries, UnsharedSegments unshared, TimeProvider time) : ISegmentComparer
{
    /// <inheritdoc/>
    public async IAsyncEnumerable<PlannedSegment> CompareAsync(Comparison comparison, Func<Task> progress, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (differing, count) = (new List<SegmentPair>(), 0L);
        await foreach (var pair in await FindAsync(comparison, progress, cancellationToken))
        {
            if (pair.Remote is { } offered && !comparison.Ours.Scope.Contains(offered.Id))
            {
                // The peer shares more with us than we with it.
                if (comparison.Pulls)
                    yield return new PlannedSegment(offered, PlanDirection.In, IsShared: false);
                continue;
            }

            if (pair is not ({ } local, { } remote) || !IsWorthALook(comparison, local, remote))
            {
                foreach (var planned in Whole(comparison, pair))
                    yield return planned;
                continue;
            }

            var size = Math.Max(local.EntryCount, remote.EntryCount);
            if (differing.Count == SyncLimits.MaxReconciledSegments || (differing.Count > 0 && count + size > SyncLimits.MaxReconciledEntries))
            {
                foreach (var planned in await LookIntoAsync(comparison, differing, progress, cancellationToken))
                    yield return planned;
                (differing, count) = ([], 0);
            }

            differing.Add(pair);
            count += size;
        }

        foreach (var planned in await LookIntoAsync(comparison, differing, progress, cancellationToken))
            yield return planned;
        if (!comparison.Pushes)
            yield break;
        await foreach (var ours in unshared.FindAsync(comparison, cancellationToken))
            yield return new PlannedSegment(ours, PlanDirection.Out, IsShared: false);
    }

    private async Task<IAsyncEnumerable<SegmentPair>> FindAsync(Comparison comparison, Func<Task> progress, CancellationToken cancellationToken)
    {
        if (!comparison.Settings.UseDifferentialSync)
            return list.FindAsync(comparison, takeEverything: true, progress, cancellationToken);
        var head = await comparison.Ours.Log.GetHeadAsync(cancellationToken);
        return ReconcilingFinder.IsListCheaper(comparison.Info, head.SegmentCount)
            ? list.FindAsync(comparison, takeEverything: false, progress, cancellationToken)
            : reconciling.FindAsync(comparison, progress, cancellationToken);
    }

    /// <summary>What is left out by its age or its size needs no comparison of its entries, nor does what moves as a whole whatever is found.</summary>
    private bool IsWorthALook(Comparison comparison, SegmentMetadata local, SegmentMetadata remote) =>
        remote.EntryCount <= SegmentLimits.MaxEntries && remote.SizeBytes <= SegmentLimits.MaxBytes && !SyncPlanner.IsTooOld(remote, comparison.Settings, time) && !IsMostlyMissing(comparison, local, remote);

    /// <summary>
    /// One side has so many entries more that most of its copy is missing on the other. Telling 10,000 entries apart costs 600 kB, for nothing then. Where both ways count, the
    /// other one is not known by that.
    /// </summary>
    private static bool IsMostlyMissing(Comparison comparison, SegmentMetadata local, SegmentMetadata remote) => comparison.Settings.Mode switch
    {
        SyncMode.Pull => IsMost(remote.EntryCount - local.EntryCount, remote),
        SyncMode.Push => IsMost(local.EntryCount - remote.EntryCount, local),
        _ => false,
    };

    private static bool IsMost(long entries, SegmentMetadata segment) => 2 * entries > segment.EntryCount;

    private static IEnumerable<PlannedSegment> Whole(Comparison comparison, SegmentPair pair)
    {
        if (comparison.Pulls && pair.Remote is { } remote)
            yield return new PlannedSegment(remote, PlanDirection.In);
        if (comparison.Pushes && pair.Local is { } local)
            yield return new PlannedSegment(local, PlanDirection.Out);
    }

    private async Task<IReadOnlyList<PlannedSegment>> LookIntoAsync(Comparison comparison, List<SegmentPair> pairs, Func<Task> progress, CancellationToken cancellationToken)
    {
        if (pairs.Count == 0)
            return [];

        var planned = new List<PlannedSegment>(pairs.Count);
        foreach (var difference in await entries.CompareAsync(comparison, pairs, cancellationToken))
        {
            if (comparison.Pulls && difference.Need is not { Count: 0 })
                planned.Add(new PlannedSegment(difference.Remote, PlanDirection.In, Some(difference.Need, difference.Remote)));
            if (comparison.Pushes && difference.Have is not { Count: 0 })
                planned.Add(new PlannedSegment(difference.Local, PlanDirection.Out, Some(difference.Have, difference.Local)));
        }

        await progress();
        return planned;
    }

    /// <summary>Null, for the whole segment, when most of it is to be moved anyway.</summary>
    private static byte[]? Some(IReadOnlyCollection<ContentHash>? hashes, SegmentMetadata segment)
    {
        if (hashes is null || IsMost(hashes.Count, segment))
            return null;

        var bytes = new byte[hashes.Count * ContentHash.LengthBytes];
        var next = 0;
        foreach (var hash in hashes.Order())
            hash.WriteTo(bytes.AsSpan(ContentHash.LengthBytes * next++));
        return bytes;
    }
}
