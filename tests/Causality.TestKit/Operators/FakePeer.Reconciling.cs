using Causality.Contracts;
using Causality.Contracts.Http;
using Causality.Core;
using Causality.Protocol.Reconciling;
using Causality.Storage.Log.Reconciling;

namespace Causality.TestKit.Operators;

/// <content>Finding out what differs: the desk of a real server over the peer's log.</content>
public sealed partial class FakePeer
{
    /// <inheritdoc/>
    public async Task<ReadOnlyMemory<byte>> ReconcileAsync(PeerEndpoint peer, ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        await ReconcileAsync(SyncRoutes.Reconcile, desk => desk.ReconcileAsync(message, cancellationToken)!, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<ReadOnlyMemory<byte>?> ReconcileSegmentAsync(PeerEndpoint peer, SegmentId id, ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        await ReconcileAsync(SyncRoutes.ReconcileSegment, desk => desk.ReconcileSegmentAsync(id, message, cancellationToken), cancellationToken).ConfigureAwait(false) is { } answer
            ? answer
            : null;

    /// <inheritdoc/>
    public async Task<SymbolsAnswer> GetSegmentSymbolsAsync(PeerEndpoint peer, SegmentSymbolsRequest request, CancellationToken cancellationToken) => SymbolsAnswer.Read(
        await ReconcileAsync(SyncRoutes.ReconcileSymbols, desk => desk.SegmentSymbolsAsync(request.ToBytes(), cancellationToken)!, cancellationToken).ConfigureAwait(false),
        request.From, request.Count, 0);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SegmentMetadata>> GetReconciledSegmentsAsync(PeerEndpoint peer, SegmentsRequest request, CancellationToken cancellationToken)
    {
        if (BeforeSegments is { } before)
            await before(request).ConfigureAwait(false);
        return request.ReadAnswer(await ReconcileAsync(SyncRoutes.ReconcileSegments, desk => desk.SegmentsAsync(request.ToBytes(), cancellationToken)!, cancellationToken).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public async Task<SymbolsAnswer> GetEntrySymbolsAsync(PeerEndpoint peer, EntrySymbolsRequest request, CancellationToken cancellationToken) => SymbolsAnswer.Read(
        await ReconcileAsync(SyncRoutes.ReconcileEntrySymbols, desk => desk.EntrySymbolsAsync(request.ToBytes(), cancellationToken)!, cancellationToken).ConfigureAwait(false),
        request.From, request.Count, request.Segments.Count);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SegmentEntry>> GetEntryHashesAsync(PeerEndpoint peer, EntryHashesRequest request, CancellationToken cancellationToken) => EntryHashesWire.Read(
        await ReconcileAsync(SyncRoutes.ReconcileEntries, desk => desk.EntryHashesAsync(request.ToBytes(), cancellationToken)!, cancellationToken).ConfigureAwait(false), request);

    private async Task<byte[]?> ReconcileAsync(string route, Func<ReconciliationDesk, Task<byte[]?>> ask, CancellationToken cancellationToken)
    {
        await EnterAsync(cancellationToken).ConfigureAwait(false);
        _routes.Enqueue(route);
        // Made anew every time: that costs nothing for the few segments of a test.
        var shared = Shared;
        using var turn = new SymbolTurn();
        var desk = new ReconciliationDesk(shared.Log, shared.Index, new EntrySets(Log), turn);
        using (shared.Index)
            return await ask(desk).ConfigureAwait(false) is { } answer ? Reconciliation(route, answer) : null;
    }
}
