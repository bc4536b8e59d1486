using Causality.Contracts;
using Causality.Contracts.Http.Control;
using Causality.Scheduler.Data;
using Causality.Scheduler.StateMachines;
using Causality.Scheduler.Syncs;
using Causality.Storage.Database;
using Causality.Storage.Database.Records;
using Microsoft.EntityFrameworkCore;

namespace Causality.Scheduler.Plans;

/// <summary>Shows plans and explanations. Reasons are worked out when somebody looks, so they tell how the syncs stand now.</summary>
/// <remarks>A list has at most 10,000 segments, so a look at all of them is bounded.</remarks>
internal sealed class PlanReader(CausalityDbContext database, TimeProvider time)
{
    private const int MostRows = 10_000;

    /// <summary>A plan without its segments; null when there is none of that id.</summary>
    public async Task<SyncPlan?> FindAsync(Guid planId, CancellationToken cancellationToken) => await OpenAsync(planId, cancellationToken) is { } file ? await ShowAsync(file, cancellationToken) : null;

    /// <summary>Its segments, ascending by id; null when there is no such plan.</summary>
    /// <param name="planId">The plan.</param>
    /// <param name="after">The cursor; null from the beginning.</param>
    /// <param name="limit">1 to 1,000.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<SyncPlanPage?> ListAsync(Guid planId, string? after, int limit, CancellationToken cancellationToken)
    {
        if (await OpenAsync(planId, cancellationToken) is not { } file)
            return null;
        var rest = (await SegmentsAsync(file, cancellationToken)).Where(segment => after is null || string.CompareOrdinal(PlanCursor.Of(segment), after) > 0).Take(limit + 1).ToList();
        return new SyncPlanPage { Segments = [.. rest.Take(limit)], Next = rest.Count > limit ? PlanCursor.Of(rest[limit - 1]) : null };
    }

    private async Task<PlanFile?> OpenAsync(Guid planId, CancellationToken cancellationToken)
    {
        if (await database.Set<PlanRecord>().AsNoTracking().FirstOrDefaultAsync(known => known.PlanId == planId, cancellationToken) is not { } plan)
            return null;
        var sync = await database.Set<SyncState>().AsNoTracking().Where(known => known.PeerId == plan.PeerId).OrderByDescending(known => known.StartedAt).FirstOrDefaultAsync(cancellationToken);
        var peer = await database.Set<PeerRecord>().AsNoTracking().FirstOrDefaultAsync(known => known.Id == plan.PeerId, cancellationToken);
        return new PlanFile(plan, sync, peer, time.GetUtcNow().ToUnixTimeMilliseconds());
    }

    private async Task<SyncPlan> ShowAsync(PlanFile file, CancellationToken cancellationToken)
    {
        var segments = file.State == PlanStates.Running ? [] : await SegmentsAsync(file, cancellationToken);
        return new SyncPlan
        {
            PlanId = file.Plan.PlanId,
            PeerId = file.Plan.PeerId,
            Kind = file.Plan.Kind,
            State = file.State,
            RequestedAt = DateTimeOffset.FromUnixTimeMilliseconds(file.Plan.RequestedAt),
            Settings = file.Settings,
            Reason = file.Reason,
            Detail = file.Detail,
            Action = SuggestedActions.For(file.Reason),
            Figures = file.Figures,
            ConflictsExpected = file.ConflictsExpected,
            IsOverImportLimit = file.IsOverImportLimit,
            Reasons = [.. segments.Where(segment => segment.Reason is not null).GroupBy(segment => segment.Reason!)
                .Select(group => new PlanReasonCount { Reason = group.Key, Segments = group.LongCount(), Action = SuggestedActions.For(group.Key) }).OrderByDescending(count => count.Segments).ThenBy(count => count.Reason, StringComparer.Ordinal)],
            LatestSync = file.Sync is { } sync ? SyncHistory.ToDetails(sync) : null,
            NextAttemptAt = file.NextAttemptAt,
        };
    }

    private async Task<List<SyncPlanSegment>> SegmentsAsync(PlanFile file, CancellationToken cancellationToken)
    {
        var found = await RowsAsync(file.Plan.PlanId, cancellationToken);
        var isExplanation = file.Plan.Kind == PlanKinds.Explanation;
        var before = isExplanation && file.Sync is { } sync ? await RowsAsync(sync.CorrelationId, cancellationToken) : [];
        // Where nobody could compare, what the latest sync has left is the best that is known.
        if (isExplanation && file.State == PlanStates.Failed)
            found = before.FindAll(row => row.State != PlanSegmentState.Stored);

        var reasons = new DifferenceReasons(file.Sync, file.Settings, file.Peer?.Enabled == true, file.IsOverImportLimit);
        var beforeOf = before.ToLookup(row => (row.SegmentId, row.Direction));
        return found.ConvertAll(row => ToSegment(row, isExplanation ? reasons.Of(row, beforeOf[(row.SegmentId, row.Direction)].LastOrDefault()) : (row.Reason, row.Detail)));
    }

    private async Task<List<PlanSegmentRecord>> RowsAsync(Guid id, CancellationToken cancellationToken) =>
        await database.Set<PlanSegmentRecord>().AsNoTracking().Where(row => row.SyncId == id && row.State != PlanSegmentState.Stored)
            .OrderBy(row => row.SegmentId).ThenBy(row => row.ContentHash).Take(MostRows).ToListAsync(cancellationToken);

    private static SyncPlanSegment ToSegment(PlanSegmentRecord row, (string? Reason, string? Detail) why) => new()
    {
        SegmentId = row.SegmentId,
        ContentHash = row.ContentHash,
        Direction = row.Direction == PlanDirection.In ? "in" : "out",
        Entries = row.EntriesToMove(),
        Bytes = row.BytesToMove(),
        IsPart = row.Entries is not null,
        Reason = why.Reason,
        Detail = why.Detail,
    };
}
