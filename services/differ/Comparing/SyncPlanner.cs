using Causality.Contracts;
using Causality.Core;
using Causality.Messaging;
using Causality.Storage;
using Causality.Storage.Database;
using Causality.Storage.Database.Records;
using Microsoft.EntityFrameworkCore;

namespace Causality.Differ.Comparing;

/// <summary>Writes the plan of a sync: a row for each of the peer's segments to fetch.</summary>
/// <remarks>
/// Rows that are stored already stay, so that a repeated comparison (a retry, a crash) costs nothing twice. And a content that was ever merged into
/// a segment is in it for good, so it is not planned again: without that memory, a peer whose copy is a subset of ours would be fetched at every sync.
/// </remarks>
public sealed class SyncPlanner(ITransactionalOutbox outbox, TimeProvider time)
{
    private const int RowsPerCommit = 1_000;

    /// <summary>Begins the plan anew, in a transaction of its own; see <see cref="ResetAsync(CausalityDbContext, Guid, int, CancellationToken)"/>.</summary>
    public async Task ResetAsync(Guid syncId, int attempt, CancellationToken cancellationToken)
    {
        await using var unit = await outbox.BeginAsync(cancellationToken);
        await ResetAsync(unit.Database, syncId, attempt, cancellationToken);
        await unit.CommitAsync(cancellationToken);
        Failpoint.Reach(Failpoints.PlanAfterReset);
    }

    /// <summary>Begins the plan anew: stops whoever still works on an earlier attempt, forgets what it planned and nobody has fetched.</summary>
    /// <exception cref="AttemptStoppedException">This attempt has been given up itself.</exception>
    public static async Task ResetAsync(CausalityDbContext database, Guid syncId, int attempt, CancellationToken cancellationToken)
    {
        await database.ThrowIfStoppedAsync(syncId, attempt, cancellationToken);
        if (attempt > 1)
            await database.StopAsync(syncId, attempt - 1, cancellationToken);
        await database.Set<PlanSegmentRecord>()
            .Where(row => row.SyncId == syncId && row.State != PlanSegmentState.Stored).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Adds segments to the plan.</summary>
    public async Task AddAsync(Guid syncId, IReadOnlyList<SegmentMetadata> segments, SyncSettings settings, CancellationToken cancellationToken)
    {
        foreach (var chunk in segments.Chunk(RowsPerCommit))
        {
            await using var unit = await outbox.BeginAsync(cancellationToken);
            var absorbed = await AbsorbedAsync(unit.Database, chunk, cancellationToken);
            foreach (var segment in chunk)
            {
                if (!IsTooOld(segment, settings) && !absorbed.Contains((segment.Id.Value, segment.ContentHash.ToString())))
                    unit.Database.Add(ToRow(syncId, segment));
            }

            Failpoint.Reach(Failpoints.PlanBeforeCommit);
            await unit.CommitAsync(cancellationToken);
            Failpoint.Reach(Failpoints.PlanAfterCommit);
        }
    }

    /// <summary>Counts what is planned and not yet fetched.</summary>
    public static async Task<PlanTotals> CountAsync(CausalityDbContext database, Guid syncId, CancellationToken cancellationToken)
    {
        var totals = await database.Set<PlanSegmentRecord>().Where(row => row.SyncId == syncId && row.State == PlanSegmentState.Pending)
            .GroupBy(row => row.SyncId)
            .Select(rows => new { Segments = rows.LongCount(), Entries = rows.Sum(row => row.EntryCount), Bytes = rows.Sum(row => row.SizeBytes) })
            .FirstOrDefaultAsync(cancellationToken);
        return totals is null ? default : new PlanTotals(totals.Segments, totals.Entries, totals.Bytes);
    }

    /// <summary>The row with the smallest segment id that the plan holds only to say why it is not fetched, or null.</summary>
    public static Task<PlanSegmentRecord?> FirstFailureAsync(CausalityDbContext database, Guid syncId, CancellationToken cancellationToken) =>
        database.Set<PlanSegmentRecord>().AsNoTracking().Where(row => row.SyncId == syncId && row.State == PlanSegmentState.Failed)
            .OrderBy(row => row.SegmentId).FirstOrDefaultAsync(cancellationToken);

    /// <summary>Counts what this sync has stored, in whichever attempt.</summary>
    public static async Task<PlanTotals> CountStoredAsync(CausalityDbContext database, Guid syncId, CancellationToken cancellationToken)
    {
        var totals = await database.Set<PlanSegmentRecord>().Where(row => row.SyncId == syncId && row.State == PlanSegmentState.Stored)
            .GroupBy(row => row.SyncId)
            .Select(rows => new { Segments = rows.LongCount(), Entries = rows.Sum(row => row.EntriesAdded), Bytes = rows.Sum(row => row.BytesReceived) })
            .FirstOrDefaultAsync(cancellationToken);
        return totals is null ? default : new PlanTotals(totals.Segments, totals.Entries, totals.Bytes);
    }

    private static async Task<HashSet<(string, string)>> AbsorbedAsync(CausalityDbContext database, SegmentMetadata[] segments, CancellationToken cancellationToken)
    {
        var ids = segments.Select(segment => segment.Id.Value).ToList();
        var known = await database.Set<PlanSegmentRecord>().AsNoTracking()
            .Where(row => ids.Contains(row.SegmentId) && row.State == PlanSegmentState.Stored)
            .Select(row => new { row.SegmentId, row.ContentHash }).Distinct().ToListAsync(cancellationToken);
        return [.. known.Select(row => (row.SegmentId, row.ContentHash))];
    }

    private bool IsTooOld(SegmentMetadata segment, SyncSettings settings) =>
        settings.MaxSegmentAgeMs > 0 && segment.EndTimestamp < time.GetUtcNow().ToUnixTimeMilliseconds() - settings.MaxSegmentAgeMs;

    // A segment over the limits stays visible in the plan, with its reason, instead of being left out in silence.
    private static PlanSegmentRecord ToRow(Guid syncId, SegmentMetadata segment)
    {
        var tooLarge = segment.SizeBytes > SegmentLimits.MaxBytes || segment.EntryCount > SegmentLimits.MaxEntries;
        return new PlanSegmentRecord
        {
            SyncId = syncId,
            SegmentId = segment.Id.Value,
            ContentHash = segment.ContentHash.ToString(),
            Origin = segment.Origin.Value,
            StartTimestamp = segment.StartTimestamp,
            EndTimestamp = segment.EndTimestamp,
            EntryCount = segment.EntryCount,
            SizeBytes = segment.SizeBytes,
            State = tooLarge ? PlanSegmentState.Failed : PlanSegmentState.Pending,
            Reason = tooLarge ? SyncReasons.SegmentTooLarge : null,
            Detail = tooLarge ? $"{segment.SizeBytes} bytes and {segment.EntryCount} entries; the limits are {SegmentLimits.MaxBytes} and {SegmentLimits.MaxEntries}." : null,
        };
    }
}
