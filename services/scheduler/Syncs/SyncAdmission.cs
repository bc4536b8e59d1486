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
using Causality.Storage.Observing;
using Microsoft.Extensions.Options;

namespace Causality.Scheduler.Syncs;

/// <summary>Turns requests into syncs: one active per peer, at most one waiting, everything else answered with the reason.</summary>
/// <remarks>Runs inside the caller's write transaction; the peers' rows are the locks that make "one active per peer" hold with several replicas.</remarks>
public sealed class SyncAdmission(IOptions<SyncOptions> options, TimeProvider time, PublicEvents events, SyncTransitions transitions)
{
    /// <summary>Admits, coalesces or rejects one request; see <see cref="AdmitAllAsync"/>.</summary>
    public async Task<IReadOnlyList<AdmittedSync>> AdmitAsync(CausalityDbContext database, ITransactionalPublisher outgoing, SyncRequested request, Guid fallbackId, CancellationToken cancellationToken, string? traceParent = null) =>
        (await AdmitAllAsync(database, outgoing, [new RequestToAdmit(request, fallbackId, TraceParent: traceParent)], cancellationToken))[0];

    /// <summary>Admits, coalesces or rejects requests in their order; what was decided leaves by <paramref name="outgoing"/>.</summary>
    /// <param name="database">The caller's context, in its transaction.</param>
    /// <param name="outgoing">The caller's way to publish in the same transaction.</param>
    /// <param name="requests">As they came.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>For each request one element per peer that it covers; none when it names no peer and none is enabled.</returns>
    public async Task<IReadOnlyList<IReadOnlyList<AdmittedSync>>> AdmitAllAsync(
        CausalityDbContext database, ITransactionalPublisher outgoing, IReadOnlyList<RequestToAdmit> requests, CancellationToken cancellationToken)
    {
        var read = requests.Select(Read).ToList();
        var everybody = read.Exists(request => request.Fault is null && request.Request.PeerId is null)
            ? await AdmissionLedger.EnabledPeersAsync(database, cancellationToken)
            : [];
        var wanted = read.ConvertAll(request => SplitByPeer(request, everybody));
        var ledger = await AdmissionLedger.OpenAsync(database, wanted.SelectMany(parts => parts), cancellationToken);

        var admitted = new List<IReadOnlyList<AdmittedSync>>(requests.Count);
        for (var i = 0; i < read.Count; i++)
        {
            if (read[i].Fault is { } fault)
            {
                admitted.Add([await RejectAsync(database, outgoing, read[i].SyncId, read[i].Request.PeerId, SyncReasons.InvalidRequest, fault)]);
                continue;
            }

            var results = new List<AdmittedSync>(wanted[i].Count);
            foreach (var part in wanted[i])
                results.Add(await AdmitForPeerAsync(database, outgoing, ledger, read[i], part));
            admitted.Add(results);
        }

        return admitted;
    }

    private static ReadRequest Read(RequestToAdmit incoming)
    {
        try
        {
            var request = SyncRequestReader.Normalize(incoming.Request);
            return new ReadRequest(request, request.SyncId ?? incoming.FallbackId, incoming.IsRepeated, incoming.TraceParent, SyncRequestReader.FindFault(request));
        }
        catch (JsonException exception)
        {
            return new ReadRequest(incoming.Request, incoming.Request.SyncId ?? incoming.FallbackId, incoming.IsRepeated, incoming.TraceParent, $"a member of the request has the wrong type: {Printable.Shorten(exception.Message, 200)}");
        }
    }

    private static List<(string PeerId, Guid SyncId)> SplitByPeer(ReadRequest request, IReadOnlyList<string> everybody) => request switch
    {
        { Fault: not null } => [],
        { Request.PeerId: { } peer } => [(peer, request.SyncId)],
        _ => [.. everybody.Select(peer => (peer, PerPeer(request.SyncId, peer)))],
    };

    private async Task<AdmittedSync> AdmitForPeerAsync(
        CausalityDbContext database, ITransactionalPublisher outgoing, AdmissionLedger ledger, ReadRequest read, (string PeerId, Guid SyncId) part)
    {
        var (peerId, syncId) = part;
        var request = read.Request;
        if (ledger.FindPeer(peerId) is not { } peer)
            return await RejectAsync(database, outgoing, syncId, peerId, SyncReasons.UnknownPeer, $"No peer '{peerId}' is known here; add it with its address and pin.");
        if (!peer.Enabled)
            return await RejectAsync(database, outgoing, syncId, peerId, SyncReasons.PeerDisabled, $"Peer '{peerId}' is paused; 'causality peers resume {peerId}' or its page in the dashboard lets it in again.");
        if (ledger.FindSync(syncId) is { } state)
        {
            var known = $"Sync {syncId} was requested before and is in state {state}.";
            // The very message that was admitted comes again: whoever waits for its sync must not hear that it was rejected.
            return read.IsRepeated
                ? new AdmittedSync(syncId, peerId, AdmissionOutcome.Rejected, SyncReasons.AlreadyRequested, known)
                : await RejectAsync(database, outgoing, syncId, peerId, SyncReasons.AlreadyRequested, known);
        }

        if (!ledger.HasActive(peerId))
            return await BeginAsync(database, outgoing, ledger, read, syncId, peer);
        if (ledger.FindPending(peerId) is not { } waiting)
            return Wait(database, ledger, read, syncId, peerId);
        if (waiting == syncId)
            return new AdmittedSync(syncId, peerId, AdmissionOutcome.Waiting);

        // Answered on the bus only: a flood of requests must not become a flood of rows that the event stream keeps.
        var detail = $"A sync with '{peerId}' is running and sync {waiting} is already waiting to follow it; that one covers this request.";
        if (request.SyncId is not null)
            await outgoing.PublishAsync(new SyncRejected { SyncId = syncId, PeerId = peerId, At = time.GetUtcNow(), Reason = SyncReasons.Coalesced, Detail = detail });
        return new AdmittedSync(syncId, peerId, AdmissionOutcome.Rejected, SyncReasons.Coalesced, detail, waiting);
    }

    private async Task<AdmittedSync> BeginAsync(CausalityDbContext database, ITransactionalPublisher outgoing, AdmissionLedger ledger, ReadRequest read, Guid syncId, PeerRecord peer)
    {
        using var span = Tracing.Continue("sync admit", read.TraceParent);
        var request = read.Request;
        var now = time.GetUtcNow();
        var settings = SyncSettingsMerge.Merge(options.Value, peer.OverridesOf(), request.Overrides);
        var requestedBy = SyncRequestReader.RequestedBy(request);
        var sync = new SyncState
        {
            CorrelationId = syncId,
            CurrentState = nameof(SyncStateMachine.Requested),
            Active = true,
            PeerId = peer.Id,
            Peer = SyncJson.Write(peer.EndpointOf()),
            Settings = SyncJson.Write(settings),
            RequestedBy = requestedBy,
            TraceParent = span?.Id ?? read.TraceParent,
            StartedAt = now.ToUnixTimeMilliseconds(),
            LastProgressAt = now.ToUnixTimeMilliseconds(),
            DeadlineAt = now.ToUnixTimeMilliseconds() + settings.SyncTimeoutMs,
            EndsBy = settings.MaxSyncDurationMs > 0 ? now.ToUnixTimeMilliseconds() + settings.MaxSyncDurationMs : null,
        };
        database.Add(sync);
        ledger.NoteBegun(peer.Id, syncId);
        var accepted = new SyncAccepted { SyncId = syncId, PeerId = peer.Id, At = now, RequestedBy = requestedBy };
        events.Record(database, syncId, peer.Id, accepted);
        await outgoing.PublishAsync(accepted);
        // Begun in the same transaction: a message to oneself would cost a hop, and nothing is decided in between.
        await outgoing.PublishAsync(transitions.Begin(sync));
        return new AdmittedSync(syncId, peer.Id, AdmissionOutcome.Begun);
    }

    private AdmittedSync Wait(CausalityDbContext database, AdmissionLedger ledger, ReadRequest read, Guid syncId, string peerId)
    {
        var request = read.Request;
        database.Add(new PendingSync
        {
            PeerId = peerId,
            SyncId = syncId,
            RequestedBy = SyncRequestReader.RequestedBy(request),
            Overrides = request.Overrides is null ? null : SyncJson.Write(request.Overrides),
            TraceParent = read.TraceParent,
            RequestedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
        });
        ledger.NotePending(peerId, syncId);
        return new AdmittedSync(syncId, peerId, AdmissionOutcome.Waiting);
    }

    private async Task<AdmittedSync> RejectAsync(CausalityDbContext database, ITransactionalPublisher outgoing, Guid syncId, string? peerId, string reason, string detail)
    {
        var shownPeer = peerId is null ? null : Printable.Shorten(peerId);
        var rejected = new SyncRejected { SyncId = syncId, PeerId = shownPeer, At = time.GetUtcNow(), Reason = reason, Detail = detail };
        events.Record(database, syncId, shownPeer, rejected);
        await outgoing.PublishAsync(rejected);
        return new AdmittedSync(syncId, shownPeer, AdmissionOutcome.Rejected, reason, detail);
    }

    // A request for all peers becomes one sync per peer; the ids follow from the request's, so that asking twice is asking once.
    private static Guid PerPeer(Guid requestId, string peerId)
    {
        Span<byte> seed = stackalloc byte[16 + OperatorId.MaxLength];
        requestId.TryWriteBytes(seed);
        var length = Encoding.UTF8.GetBytes(peerId, seed[16..]);
        return new Guid(SHA256.HashData(seed[..(16 + length)]).AsSpan(0, 16));
    }

    private sealed record ReadRequest(SyncRequested Request, Guid SyncId, bool IsRepeated, string? TraceParent, string? Fault);
}
