using Causality.Scheduler.StateMachines;
using Causality.Storage.Database;
using Causality.Storage.Database.Records;
using Microsoft.EntityFrameworkCore;

namespace Causality.Scheduler.Syncs;

/// <summary>What a peer's row says of its syncs.</summary>
internal static class PeerFigures
{
    // One statement in the caller's transaction: a peer that is edited at the same moment keeps both changes.
    public static Task NoteEndAsync(CausalityDbContext database, SyncState sync, CancellationToken cancellationToken)
    {
        var result = sync.ToResult();
        var (well, badly) = result.Status switch
        {
            Contracts.SyncStatus.Completed or Contracts.SyncStatus.Skipped => (1, 0),
            Contracts.SyncStatus.Failed => (0, 1),
            _ => (0, 0),
        };
        var (status, reason, endedAt) = (result.Status.ToString(), sync.Reason, sync.EndedAt);
        bool? match = sync.LocalRoot is null || sync.RemoteRoot is null ? null : sync.LocalRoot == sync.RemoteRoot;
        return database.Set<PeerRecord>().Where(peer => peer.Id == sync.PeerId).ExecuteUpdateAsync(peer => peer
            .SetProperty(p => p.LastStatus, status)
            .SetProperty(p => p.LastReason, reason)
            .SetProperty(p => p.LastSyncAt, p => well == 1 ? endedAt : p.LastSyncAt)
            .SetProperty(p => p.RootsMatch, p => match ?? p.RootsMatch)
            .SetProperty(p => p.SuccessfulSyncs, p => p.SuccessfulSyncs + well)
            .SetProperty(p => p.FailedSyncs, p => p.FailedSyncs + badly), cancellationToken);
    }
}
