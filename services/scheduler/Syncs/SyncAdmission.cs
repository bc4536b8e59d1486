using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Causality.Contracts;
using Causality.Core;
using Causality.Scheduler.Data;
using Causality.Scheduler.Events;
using Causality.Scheduler.Options;
using Causality.Scheduler.StateMachines;
using Causality.Storage.Database;
using Causality.Storage.Database.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Causality.Scheduler.Syncs;

/// <summary>Turns requests into syncs: one active per peer, at most one waiting, everything else answered with the reason.</summary>
/// <remarks>Runs inside the caller's write transaction; the peer's row is the lock that makes "one active per peer" hold with several replicas.</remarks>
public sealed class SyncAdmission(IOptions<SyncOptions> options, TimeProvider time, PublicEvents events)
{
    /// <summary>Admits, coalesces or rejects; what was decided leaves by <paramref name="outgoing"/>.</summary>
    /// <param name="database">The caller's context, in its transaction.</param>
    /// <param name="outgoing">The caller's way to publish in the same transaction.</param>
    /// <param name="request">As it came.</param>
    /// <param name="fallbackId">The sync id if the request names none; the message id, so that a redelivered message asks for the same sync.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<AdmittedSync>> AdmitAsync(CausalityDbContext database, ITransactionalPublisher outgoing, SyncRequested request, Guid fallbackId, CancellationToken cancellationToken)
    {
        var fault = default(string);
        try
        {
            request = SyncRequestReader.Normalize(request);
            fault = SyncRequestReader.FindFault(request);
        }
        catch (JsonException exception)
        {
            fault = $"a member of the request has the wrong type: {Printable.Shorten(exception.Message, 200)}";
        }

        var syncId = request.SyncId ?? fallbackId;
        if (fault is not null)
            return [await RejectAsync(database, outgoing, syncId, request.PeerId, SyncReasons.InvalidRequest, fault)];
        if (request.PeerId is not null)
            return [await AdmitForPeerAsync(database, outgoing, request, syncId, request.PeerId, cancellationToken)];

        var admitted = new List<AdmittedSync>();
        var peers = await database.Set<PeerRecord>().Where(peer => peer.Enabled).OrderBy(peer => peer.Id).Select(peer => peer.Id).ToListAsync(cancellationToken);
        foreach (var peer in peers)
            admitted.Add(await AdmitForPeerAsync(database, outgoing, request, PerPeer(syncId, peer), peer, cancellationToken));
        return admitted;
    }

    private async Task<AdmittedSync> AdmitForPeerAsync(
        CausalityDbContext database, ITransactionalPublisher outgoing, SyncRequested request, Guid syncId, string peerId, CancellationToken cancellationToken)
    {
        if (await LockPeerAsync(database, peerId, cancellationToken) is not { } peer)
            return await RejectAsync(database, outgoing, syncId, peerId, SyncReasons.UnknownPeer, $"No peer '{peerId}' is known here; add it with its address and pin.");
        if (!peer.Enabled)
            return await RejectAsync(database, outgoing, syncId, peerId, SyncReasons.PeerDisabled, $"Peer '{peerId}' is switched off; resume it first.");
        if (await database.FindAsync<SyncState>([syncId], cancellationToken) is { } known)
            return await RejectAsync(database, outgoing, syncId, peerId, SyncReasons.AlreadyRequested, $"Sync {syncId} was requested before and is in state {known.CurrentState}.");
        if (await database.Set<SyncState>().AnyAsync(sync => sync.PeerId == peerId && sync.Active, cancellationToken))
            return await CoalesceAsync(database, outgoing, request, syncId, peerId, cancellationToken);

        return await BeginAsync(database, outgoing, request, syncId, peer);
    }

    private async Task<AdmittedSync> BeginAsync(CausalityDbContext database, ITransactionalPublisher outgoing, SyncRequested request, Guid syncId, PeerRecord peer)
    {
        var now = time.GetUtcNow();
        var settings = SyncSettingsMerge.Merge(options.Value, peer.OverridesOf(), request.Overrides);
        var requestedBy = SyncRequestReader.RequestedBy(request);
        database.Add(new SyncState
        {
            CorrelationId = syncId,
            CurrentState = nameof(SyncStateMachine.Requested),
            Active = true,
            PeerId = peer.Id,
            Peer = SyncJson.Write(peer.EndpointOf()),
            Settings = SyncJson.Write(settings),
            RequestedBy = requestedBy,
            StartedAt = now.ToUnixTimeMilliseconds(),
            LastProgressAt = now.ToUnixTimeMilliseconds(),
            DeadlineAt = now.ToUnixTimeMilliseconds() + settings.SyncTimeoutMs,
        });
        var accepted = new SyncAccepted { SyncId = syncId, PeerId = peer.Id, At = now, RequestedBy = requestedBy };
        events.Record(database, syncId, peer.Id, accepted);
        await outgoing.PublishAsync(accepted);
        await outgoing.PublishAsync(new BeginSync { SyncId = syncId });
        return new AdmittedSync(syncId, peer.Id, AdmissionOutcome.Begun);
    }

    private async Task<AdmittedSync> CoalesceAsync(
        CausalityDbContext database, ITransactionalPublisher outgoing, SyncRequested request, Guid syncId, string peerId, CancellationToken cancellationToken)
    {
        if (await database.FindAsync<PendingSync>([peerId], cancellationToken) is { } waiting)
        {
            return waiting.SyncId == syncId
                ? new AdmittedSync(syncId, peerId, AdmissionOutcome.Waiting)
                : await RejectAsync(database, outgoing, syncId, peerId, SyncReasons.Coalesced, $"A sync with '{peerId}' is running and sync {waiting.SyncId} is already waiting to follow it; that one covers this request.", waiting.SyncId);
        }

        database.Add(new PendingSync
        {
            PeerId = peerId,
            SyncId = syncId,
            RequestedBy = SyncRequestReader.RequestedBy(request),
            Overrides = request.Overrides is null ? null : SyncJson.Write(request.Overrides),
            RequestedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
        });
        return new AdmittedSync(syncId, peerId, AdmissionOutcome.Waiting);
    }

    private async Task<AdmittedSync> RejectAsync(CausalityDbContext database, ITransactionalPublisher outgoing, Guid syncId, string? peerId, string reason, string detail, Guid? coveredBy = null)
    {
        var shownPeer = peerId is null ? null : Printable.Shorten(peerId);
        var rejected = new SyncRejected { SyncId = syncId, PeerId = shownPeer, At = time.GetUtcNow(), Reason = reason, Detail = detail };
        events.Record(database, syncId, shownPeer, rejected);
        await outgoing.PublishAsync(rejected);
        return new AdmittedSync(syncId, shownPeer, AdmissionOutcome.Rejected, reason, detail, coveredBy);
    }

    private static async Task<PeerRecord?> LockPeerAsync(CausalityDbContext database, string peerId, CancellationToken cancellationToken)
    {
        var peers = database.Set<PeerRecord>();
        if (!database.Names.HasSchemas)
            return await peers.FirstOrDefaultAsync(peer => peer.Id == peerId, cancellationToken);

        var sql = $"SELECT * FROM {database.Names.Quoted("scheduler", "peers")} WHERE id = {{0}} FOR UPDATE";
        var locked = await peers.FromSqlRaw(sql, peerId).ToListAsync(cancellationToken);
        return locked.SingleOrDefault();
    }

    // A request for all peers becomes one sync per peer; the ids follow from the request's, so that asking twice is asking once.
    private static Guid PerPeer(Guid requestId, string peerId)
    {
        Span<byte> seed = stackalloc byte[16 + OperatorId.MaxLength];
        requestId.TryWriteBytes(seed);
        var length = Encoding.UTF8.GetBytes(peerId, seed[16..]);
        return new Guid(SHA256.HashData(seed[..(16 + length)]).AsSpan(0, 16));
    }
}
