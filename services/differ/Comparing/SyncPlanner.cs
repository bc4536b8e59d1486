using Causality.Contracts;
using Causality.Core;
using Causality.Messaging;
using Causality.Storage;
using Causality.Storage.Database;
using Causality.Storage.Database.Records;
using Microsoft.EntityFrameworkCore;

namespace Causality.Differ.Comparing;

/// <summary>Writes the plan of a sync: a row for each segment to fetch or to send.</summary>
/// <remarks>Rows that are there stay, so that a repeated comparison (a retry, a crash, a command that came twice) costs nothing twice.</remarks>
public sealed class SyncPlanner(ITransactionalOutbox outbox, TimeProvider time)
{
    /// <summary>Rows in one transaction, and in one statement on PostgreSQL.</summary>
    public const int RowsPerCommit = 10_000;

    /// <summary>Rows of one sync that only say that a segment was left out; the others are counted.</summary>
    private const int LeftOutRows = 1_000;

    /// <summary>Begins the plan anew, in a transaction of its own; see <see cref="ResetAsync(CausalityDbContext, Guid, int, CancellationToken)"/>.</summary>
    public async Task ResetAsync(Guid syncId, int attempt, CancellationToken cancellationToken)
    {
        await using var unit = await outbox.BeginAsync(cancellationToken);
        await ResetAsync(unit.Database, syncId, attempt, cancellationToken);
        await unit.CommitAsync(cancellationToken);
        Failpoint.Reach(Failpoints.PlanAfterReset);
    }

    /// <summary>Begins the plan anew: stops whoever still works on an earlier attempt, forgets what it planned and nobody has fetched.</summary>
    /// <remarks>
    /// What this attempt has planned stays: its command may come twice (a redrive, a redelivery), and the rows of the first may be under way already. Taking
    /// them away would let the sync end as if everything had come.
    /// </remarks>
    /// <exception cref="AttemptStoppedException">This attempt has been given up itself.</exception>
    public static async Task ResetAsync(CausalityDbContext database, Guid syncId, int attempt, CancellationToken cancellationToken)
    {
        await database.ThrowIfStoppedAsync(syncId, attempt, cancellationToken);
        if (attempt > 1)
            await database.StopAsync(syncId, attempt - 1, cancellationToken);
        await database.Set<PlanSegmentRecord>()
            .Where(row => row.SyncId == syncId && row.Attempt < attempt && row.State != PlanSegmentState.Stored).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Adds segments to the plan.</summary>
    /// <param name="syncId">The sync.</param>
    /// <param name="attempt">The attempt that plans them.</param>
    /// <param name="segments">At most <see cref="RowsPerCommit"/>.</param>
    /// <param name="settings">The settings of the sync.</param>
    /// <param name="tally">Counts all of this sync's, also those that are left out and get no row.</param>
    /// <param name="cancellationToken">Gives up.</param>
    internal async Task AddAsync(Guid syncId, int attempt, IReadOnlyList<PlannedSegment> segments, SyncSettings settings, PlanTally tally, CancellationToken cancellationToken)
    {
        if (segments.Count == 0)
            return;

        var rows = segments.Select(segment => ToRow(syncId, attempt, segment, settings)).ToList();
        var excluded = rows.Where(row => row.State == PlanSegmentState.Excluded).ToList();
        var tooMany = excluded.Skip((int)Math.Max(0, LeftOutRows - tally.SegmentsLeftOut)).ToHashSet();
        rows.ForEach(tally.Add);
        await using var unit = await outbox.BeginAsync(cancellationToken);
        await PlanInserts.AddAsync(unit.Database, rows.Where(row => !tooMany.Contains(row)).ToList(), cancellationToken);
        Failpoint.Reach(Failpoints.PlanBeforeCommit);
        await unit.CommitAsync(cancellationToken);
        Failpoint.Reach(Failpoints.PlanAfterCommit);
    }

    /// <summary>True when the settings leave a segment out by its age.</summary>
    public static bool IsTooOld(SegmentMetadata segment, SyncSettings settings, TimeProvider time) =>
        settings.MaxSegmentAgeMs > 0 && segment.EndTimestamp < time.GetUtcNow().ToUnixTimeMilliseconds() - settings.MaxSegmentAgeMs;

    /// <summary>Counts what is planned and not yet moved; of segments that move in part, that part.</summary>
    public static async Task<PlanTotals> CountAsync(CausalityDbContext database, Guid syncId, CancellationToken cancellationToken)
    {
        var counts = await Pending(database, syncId).SumUpAsync(cancellationToken);
        return new PlanTotals(counts.Sum(row => row.Segments), counts.Sum(row => row.Entries), counts.Sum(row => row.Bytes));
    }

    /// <summary>Content bytes that the plan would bring in; of segments that move in part, that part.</summary>
    public static async Task<long> CountIncomingBytesAsync(CausalityDbContext database, Guid syncId, CancellationToken cancellationToken) =>
        (await Pending(database, syncId).Where(row => row.Direction == PlanDirection.In).SumUpAsync(cancellationToken)).Sum(row => row.Bytes);

    /// <summary>Counts what this sync has stored, in whichever attempt.</summary>
    public static async Task<PlanTotals> CountStoredAsync(CausalityDbContext database, Guid syncId, CancellationToken cancellationToken)
    {
        var totals = await database.Set<PlanSegmentRecord>().Where(row => row.SyncId == syncId && row.State == PlanSegmentState.Stored)
            .GroupBy(row => row.SyncId)
            .Select(rows => new { Segments = rows.LongCount(), Entries = rows.Sum(row => row.EntriesAdded), Bytes = rows.Sum(row => row.BytesReceived) })
            .FirstOrDefaultAsync(cancellationToken);
        return totals is null ? default : new PlanTotals(totals.Segments, totals.Entries, totals.Bytes);
    }

    /// <summary>The row of a segment, judged by the settings.</summary>
    /// <remarks>A segment over the limits stays visible in the plan, with its reason, instead of being left out in silence.</remarks>
    internal PlanSegmentRecord ToRow(Guid syncId, int attempt, PlannedSegment planned, SyncSettings settings)
    {
        var segment = planned.Segment;
        var (state, reason, detail) = Judge(planned, settings);
        return new PlanSegmentRecord
        {
            SyncId = syncId,
            SegmentId = segment.Id.Value,
            ContentHash = segment.ContentHash.ToString(),
            Attempt = attempt,
            Origin = segment.Origin.Value,
            StartTimestamp = segment.StartTimestamp,
            EndTimestamp = segment.EndTimestamp,
            EntryCount = segment.EntryCount,
            SizeBytes = segment.SizeBytes,
            Direction = planned.Direction,
            Entries = planned.Entries,
            State = state,
            Reason = reason,
            Detail = detail,
        };
    }

    private static IQueryable<PlanSegmentRecord> Pending(CausalityDbContext database, Guid syncId) =>
        database.Set<PlanSegmentRecord>().Where(row => row.SyncId == syncId && row.State == PlanSegmentState.Pending);

    private (PlanSegmentState State, string? Reason, string? Detail) Judge(PlannedSegment planned, SyncSettings settings)
    {
        var segment = planned.Segment;
        if (!planned.IsShared)
        {
            return (PlanSegmentState.Excluded, SyncReasons.OutsideScope, planned.Direction == PlanDirection.In
                ? "The peer shares it, and the scope of the peer here does not cover it."
                : "We share it, and the peer's scope for us does not cover it.");
        }

        if (segment.SizeBytes > SegmentLimits.MaxBytes || segment.EntryCount > SegmentLimits.MaxEntries)
        {
            return (PlanSegmentState.Failed, SyncReasons.SegmentTooLarge,
                $"{segment.SizeBytes} bytes and {segment.EntryCount} entries; the limits are {SegmentLimits.MaxBytes} and {SegmentLimits.MaxEntries}.");
        }

        return IsTooOld(segment, settings, time)
            ? (PlanSegmentState.Excluded, SyncReasons.SegmentTooOld, $"Its newest entry is older than {settings.MaxSegmentAgeMs} ms, which is max_segment_age of this sync.")
            : (PlanSegmentState.Pending, null, null);
    }
}
