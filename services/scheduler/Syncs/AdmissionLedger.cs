using Causality.Scheduler.Data;
using Causality.Scheduler.StateMachines;
using Causality.Storage.Database;
using Causality.Storage.Database.Records;
using Microsoft.EntityFrameworkCore;

namespace Causality.Scheduler.Syncs;

/// <summary>What admission needs to know of a batch of requests, read once and kept up to date while the batch is decided.</summary>
internal sealed class AdmissionLedger
{
    private readonly Dictionary<string, PeerRecord> _peers;
    private readonly Dictionary<Guid, string> _syncs;
    private readonly HashSet<string> _active;
    private readonly Dictionary<string, Guid> _pending;

    private AdmissionLedger(Dictionary<string, PeerRecord> peers, Dictionary<Guid, string> syncs, HashSet<string> active, Dictionary<string, Guid> pending) =>
        (_peers, _syncs, _active, _pending) = (peers, syncs, active, pending);

    /// <summary>The enabled peers, ascending by id.</summary>
    public static Task<List<string>> EnabledPeersAsync(CausalityDbContext database, CancellationToken cancellationToken) =>
        database.Set<PeerRecord>().Where(peer => peer.Enabled).OrderBy(peer => peer.Id).Select(peer => peer.Id).ToListAsync(cancellationToken);

    /// <summary>Locks the peers and reads what stands about them and about the syncs.</summary>
    public static async Task<AdmissionLedger> OpenAsync(CausalityDbContext database, IEnumerable<(string PeerId, Guid SyncId)> wanted, CancellationToken cancellationToken)
    {
        var (peerIds, syncIds) = (new SortedSet<string>(StringComparer.Ordinal), new HashSet<Guid>());
        foreach (var (peerId, syncId) in wanted)
        {
            peerIds.Add(peerId);
            syncIds.Add(syncId);
        }

        var names = peerIds.ToArray();
        var peers = await LockAsync(database, names, cancellationToken);
        var syncs = await database.Set<SyncState>().AsNoTracking().Where(sync => syncIds.Contains(sync.CorrelationId))
            .Select(sync => new { sync.CorrelationId, sync.CurrentState }).ToDictionaryAsync(sync => sync.CorrelationId, sync => sync.CurrentState, cancellationToken);
        var active = await database.Set<SyncState>().AsNoTracking().Where(sync => sync.Active && names.Contains(sync.PeerId))
            .Select(sync => sync.PeerId).ToListAsync(cancellationToken);
        var pending = await database.Set<PendingSync>().AsNoTracking().Where(waiting => names.Contains(waiting.PeerId))
            .ToDictionaryAsync(waiting => waiting.PeerId, waiting => waiting.SyncId, StringComparer.Ordinal, cancellationToken);
        return new AdmissionLedger(peers, syncs, [.. active], pending);
    }

    /// <summary>The peer's row, locked; null when there is none of that name.</summary>
    public PeerRecord? FindPeer(string peerId) => _peers.GetValueOrDefault(peerId);

    /// <summary>The state of a sync that was requested before, or null.</summary>
    public string? FindSync(Guid syncId) => _syncs.GetValueOrDefault(syncId);

    /// <summary>True while a sync with the peer runs.</summary>
    public bool HasActive(string peerId) => _active.Contains(peerId);

    /// <summary>The sync that waits for the peer's running one, or null.</summary>
    public Guid? FindPending(string peerId) => _pending.TryGetValue(peerId, out var syncId) ? syncId : null;

    public void NoteBegun(string peerId, Guid syncId)
    {
        _active.Add(peerId);
        _syncs[syncId] = nameof(SyncStateMachine.Requested);
    }

    public void NotePending(string peerId, Guid syncId) => _pending[peerId] = syncId;

    private static async Task<Dictionary<string, PeerRecord>> LockAsync(CausalityDbContext database, string[] names, CancellationToken cancellationToken)
    {
        var peers = database.Set<PeerRecord>();
        if (!database.Names.HasSchemas)
            return await peers.Where(peer => names.Contains(peer.Id)).ToDictionaryAsync(peer => peer.Id, StringComparer.Ordinal, cancellationToken);

        // In one order everywhere, so that two batches of two replicas cannot wait for each other.
        var table = TableShape.Of<PeerRecord>(database);
        var sql = $"SELECT {table.Columns} FROM {table.Table} WHERE id = ANY({{0}}) ORDER BY id FOR UPDATE";
        var locked = await peers.FromSqlRaw(sql, [names]).ToListAsync(cancellationToken);
        return locked.ToDictionary(peer => peer.Id, StringComparer.Ordinal);
    }
}
