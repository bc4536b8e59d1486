using Causality.Contracts;
using Causality.Contracts.Http.Control;
using Causality.Scheduler.Data;
using Causality.Scheduler.StateMachines;
using Causality.Storage.Database;
using Microsoft.EntityFrameworkCore;

namespace Causality.Scheduler.Syncs;

/// <summary>Reads the syncs that run and those that have ended.</summary>
internal static class SyncHistory
{
    public const int MaxRows = 1_000;

    public static async Task<SyncDetails?> FindAsync(CausalityDbContext database, Guid syncId, CancellationToken cancellationToken)
    {
        var sync = await database.Set<SyncState>().AsNoTracking().FirstOrDefaultAsync(known => known.CorrelationId == syncId, cancellationToken);
        if (sync is not null)
            return ToDetails(sync);

        // A follow-up has no saga yet, but whoever asked for it holds its id.
        var pending = await database.Set<PendingSync>().AsNoTracking().FirstOrDefaultAsync(waiting => waiting.SyncId == syncId, cancellationToken);
        return pending is null ? null : ToDetails(pending);
    }

    public static async Task<IReadOnlyList<SyncDetails>> ListAsync(CausalityDbContext database, string? peerId, int limit, CancellationToken cancellationToken)
    {
        var syncs = database.Set<SyncState>().AsNoTracking();
        if (peerId is not null)
            syncs = syncs.Where(sync => sync.PeerId == peerId);
        var rows = await syncs.OrderByDescending(sync => sync.StartedAt).ThenBy(sync => sync.CorrelationId).Take(Math.Clamp(limit, 1, MaxRows)).ToListAsync(cancellationToken);
        return rows.ConvertAll(ToDetails);
    }

    public static async Task<IReadOnlyList<SyncDetails>> ListRunningAsync(CausalityDbContext database, CancellationToken cancellationToken)
    {
        var rows = await database.Set<SyncState>().AsNoTracking().Where(sync => sync.Active).OrderBy(sync => sync.StartedAt).Take(MaxRows).ToListAsync(cancellationToken);
        return rows.ConvertAll(ToDetails);
    }

    private static SyncDetails ToDetails(PendingSync pending)
    {
        var requestedAt = DateTimeOffset.FromUnixTimeMilliseconds(pending.RequestedAt);
        return new SyncDetails
        {
            Result = new SyncResult
            {
                SyncId = pending.SyncId,
                PeerId = pending.PeerId,
                Status = SyncStatus.InProgress,
                EntriesSynced = 0,
                SegmentsSynced = 0,
                BytesReceived = 0,
                Conflicts = 0,
                Attempts = 0,
                StartedAt = requestedAt,
            },
            State = "Waiting",
            RequestedBy = pending.RequestedBy,
            SegmentsPlanned = 0,
            BytesPlanned = 0,
            LastProgressAt = requestedAt,
        };
    }

    public static SyncDetails ToDetails(SyncState sync) => new()
    {
        Result = sync.ToResult(),
        State = sync.CurrentState,
        RequestedBy = sync.RequestedBy,
        SegmentsPlanned = sync.SegmentsPlanned,
        BytesPlanned = sync.BytesPlanned,
        Remaining = sync.RemainingOf(),
        RemainingMs = sync.CurrentState == nameof(SyncStateMachine.Transferring) ? TransferRate.RemainingMs(sync, sync.LastProgressAt) : null,
        LocalRoot = sync.LocalRoot,
        RemoteRoot = sync.RemoteRoot,
        Scope = sync.Scope?.Split(',', StringSplitOptions.RemoveEmptyEntries),
        LastProgressAt = DateTimeOffset.FromUnixTimeMilliseconds(sync.LastProgressAt),
        NextAttemptAt = sync.NextAttemptAt is { } next ? DateTimeOffset.FromUnixTimeMilliseconds(next) : null,
    };
}
