using Causality.Contracts;
using Causality.Contracts.Http.Control;
using Causality.Messaging;
using Causality.Protocol.Client.Addresses;
using Causality.Protocol.Identity;
using Causality.Scheduler.StateMachines;
using Causality.Scheduler.Syncs;
using Causality.Storage.Database;
using Causality.Storage.Database.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Causality.Scheduler.Peers;

/// <summary>The peers of this operator.</summary>
public sealed class PeerCatalog(ITransactionalOutbox outbox, IOptions<OperatorOptions> self, PeerAddressRules addresses, TimeProvider time, ILogger<PeerCatalog> logger)
{
    /// <summary>Most peers of one operator.</summary>
    public const int MaxPeers = 1_000;

    private const int PutAttempts = 3;

    /// <summary>Adds a peer, or changes the address, pins, permissions, scope and overrides of a known one; its first sync is due at once.</summary>
    /// <returns>True when it is new.</returns>
    /// <exception cref="InvalidPeerException">A field is wrong, no peer may be at the address, or there are too many peers.</exception>
    public Task<bool> AddAsync(PeerRequest request, CancellationToken cancellationToken = default) => PutAsync(request, static (asked, _) => asked, cancellationToken);

    /// <summary>The same for a source of peers that may say nothing of overrides: then those that a person has set stay.</summary>
    /// <inheritdoc cref="AddAsync"/>
    public Task<bool> TakeOverAsync(PeerRequest named, CancellationToken cancellationToken = default) => PutAsync(named, static (named, known) => named ?? known, cancellationToken);

    private async Task<bool> PutAsync(PeerRequest request, Func<string?, string?, string?> overrides, CancellationToken cancellationToken)
    {
        var peer = PeerValidation.Normalize(request, self.Value.Id);
        await RequireAllowedAsync(peer.Address!, cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await PutOnceAsync(peer, overrides, cancellationToken);
            }
            catch (DbUpdateException) when (attempt < PutAttempts)
            {
                // Somebody else added or changed this peer at the same moment; what stands there now is what to change.
            }
        }
    }

    // Checked again whenever somebody connects; here a person is told at once.
    private async Task RequireAllowedAsync(string address, CancellationToken cancellationToken)
    {
        try
        {
            await addresses.CheckAsync(new Uri(address), cancellationToken);
        }
        catch (PeerAddressException refused)
        {
            throw new PeerAddressRefusedException(refused.Message);
        }
    }

    // What is known is read in the transaction that replaces it: a copy read before may have missed what a person set meanwhile.
    private async Task<bool> PutOnceAsync(PeerRequest peer, Func<string?, string?, string?> overrides, CancellationToken cancellationToken)
    {
        await using var unit = await outbox.BeginAsync(cancellationToken);
        var peers = unit.Database.Set<PeerRecord>();
        var record = await peers.FirstOrDefaultAsync(known => known.Id == peer.Id, cancellationToken);
        var isNew = record is null;
        if (record is null)
        {
            if (await peers.CountAsync(cancellationToken) >= MaxPeers)
                throw new InvalidPeerException("id", $"there are {MaxPeers} peers already, which is the most; remove one first.");
            record = new PeerRecord { Id = peer.Id!, AddedAt = Now() };
            peers.Add(record);
        }

        record.Address = peer.Address!;
        record.Pins = string.Join(',', peer.Pins!);
        if (peer.Permissions is { } allowed)
            record.Permissions = string.Join(',', allowed);
        if (peer.Scope is { } scope)
            record.Scope = scope.Count == 0 ? null : string.Join(',', scope);
        record.Overrides = overrides(peer.Overrides is null ? null : SyncJson.Write(peer.Overrides), record.Overrides);
        record.NextSyncAt = Now();
        record.Version++;
        await unit.CommitAsync(cancellationToken);
        logger.PeerAdded(record.Id, record.Address);
        return isNew;
    }

    /// <summary>Removes a peer; its running sync goes on to its end, what came from it stays.</summary>
    /// <returns>False when there is none of that name.</returns>
    public async Task<bool> RemoveAsync(string peerId, CancellationToken cancellationToken = default)
    {
        await using var unit = await outbox.BeginAsync(cancellationToken);
        var removed = await unit.Database.Set<PeerRecord>().Where(peer => peer.Id == peerId).ExecuteDeleteAsync(cancellationToken);
        await unit.CommitAsync(cancellationToken);
        if (removed > 0)
            logger.PeerRemoved(peerId);
        return removed > 0;
    }

    /// <summary>Switches a peer off or on: off, no sync with it begins, its running one is held back, and its key is not let in.</summary>
    /// <returns>False when there is none of that name.</returns>
    public async Task<bool> SetEnabledAsync(string peerId, bool enabled, CancellationToken cancellationToken = default)
    {
        await using var unit = await outbox.BeginAsync(cancellationToken);
        var changed = await unit.Database.Set<PeerRecord>().Where(peer => peer.Id == peerId)
            .ExecuteUpdateAsync(peer => peer.SetProperty(p => p.Enabled, enabled).SetProperty(p => p.Version, p => p.Version + 1), cancellationToken);
        var running = await unit.Database.Set<SyncState>().Where(sync => sync.PeerId == peerId && sync.Active).Select(sync => sync.CorrelationId).ToListAsync(cancellationToken);
        foreach (var syncId in running)
        {
            if (enabled)
                unit.Publish(new ResumeSync { SyncId = syncId });
            else
                unit.Publish(new PauseSync { SyncId = syncId });
        }

        await unit.CommitAsync(cancellationToken);
        if (changed > 0)
            logger.PeerSwitched(peerId, enabled ? "on" : "off");
        return changed > 0;
    }

    /// <summary>Every peer, ascending by id.</summary>
    public static async Task<IReadOnlyList<PeerInfo>> ListAsync(CausalityDbContext database, CancellationToken cancellationToken = default)
    {
        var peers = await database.Set<PeerRecord>().AsNoTracking().OrderBy(peer => peer.Id).Take(MaxPeers).ToListAsync(cancellationToken);
        return peers.ConvertAll(PeerInfos.ToInfo);
    }

    /// <summary>One peer, or null.</summary>
    public static async Task<PeerInfo?> FindAsync(CausalityDbContext database, string peerId, CancellationToken cancellationToken = default)
    {
        var peer = await database.Set<PeerRecord>().AsNoTracking().FirstOrDefaultAsync(known => known.Id == peerId, cancellationToken);
        return peer is null ? null : PeerInfos.ToInfo(peer);
    }

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();
}
