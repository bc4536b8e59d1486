using Causality.Scheduler.StateMachines;
using Causality.Storage.Database;
using Microsoft.EntityFrameworkCore;

namespace Causality.Scheduler.Dashboard.Overview;

/// <summary>Reads the latest syncs of a peer.</summary>
internal static class SyncRuns
{
    /// <summary>Latest first; by the index of peer and time, so that a peer that is seldom synced costs no more than another.</summary>
    /// <param name="database">The database.</param>
    /// <param name="peerId">The peer.</param>
    /// <param name="before">Only those admitted before, milliseconds since the Unix epoch; null for the latest.</param>
    /// <param name="most">Most rows.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<IReadOnlyList<SyncRun>> ReadAsync(CausalityDbContext database, string peerId, long? before, int most, CancellationToken cancellationToken)
    {
        var syncs = database.Set<SyncState>().AsNoTracking().Where(sync => sync.PeerId == peerId);
        if (before is { } moment)
            syncs = syncs.Where(sync => sync.StartedAt < moment);
        var rows = await syncs.OrderByDescending(sync => sync.StartedAt).Take(most).ToListAsync(cancellationToken);
        return rows.ConvertAll(SyncRun.Of);
    }
}
