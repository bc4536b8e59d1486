using Causality.Contracts;
using Causality.Contracts.Http;
using Causality.Core;
using Causality.Core.Reconciliation;
using Causality.Protocol.Reconciling;

namespace Causality.Protocol.Client;

/// <content>Finding out what differs.</content>
public sealed partial class HttpSyncProtocol
{
    private static readonly FetchOptions Compressed = new();

    /// <inheritdoc/>
    public async Task<ReadOnlyMemory<byte>> ReconcileAsync(PeerEndpoint peer, ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        await AskAsync(peer, SyncRoutes.Reconcile, message, SyncMediaTypes.Negentropy, cancellationToken) ?? throw Missing(peer, SyncRoutes.Reconcile);

    /// <inheritdoc/>
    public Task<ReadOnlyMemory<byte>?> ReconcileSegmentAsync(PeerEndpoint peer, SegmentId id, ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        AskAsync(peer, SyncRoutes.ReconciliationOf(id.Value), message, SyncMediaTypes.Negentropy, cancellationToken);

    /// <inheritdoc/>
    public Task<SymbolsAnswer> GetSegmentSymbolsAsync(PeerEndpoint peer, SegmentSymbolsRequest request, CancellationToken cancellationToken) =>
        AskAsync(peer, SyncRoutes.ReconcileSymbols, request.ToBytes(), body => SymbolsAnswer.Read(body.Span, request.From, request.Count, 0), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<SegmentMetadata>> GetReconciledSegmentsAsync(PeerEndpoint peer, SegmentsRequest request, CancellationToken cancellationToken) =>
        AskAsync(peer, SyncRoutes.ReconcileSegments, request.ToBytes(), body => request.ReadAnswer(body.Span), cancellationToken, Compressed);

    /// <inheritdoc/>
    public Task<SymbolsAnswer> GetEntrySymbolsAsync(PeerEndpoint peer, EntrySymbolsRequest request, CancellationToken cancellationToken) =>
        AskAsync(peer, SyncRoutes.ReconcileEntrySymbols, request.ToBytes(), body => SymbolsAnswer.Read(body.Span, request.From, request.Count, request.Segments.Count), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<SegmentEntry>> GetEntryHashesAsync(PeerEndpoint peer, EntryHashesRequest request, CancellationToken cancellationToken) =>
        AskAsync<IReadOnlyList<SegmentEntry>>(peer, SyncRoutes.ReconcileEntries, request.ToBytes(), body => EntryHashesWire.Read(body.Span, request), cancellationToken);

    private async Task<T> AskAsync<T>(
        PeerEndpoint peer, string route, byte[] request, Func<ReadOnlyMemory<byte>, T> read, CancellationToken cancellationToken, FetchOptions? fetch = null)
    {
        var answer = await AskAsync(peer, route, request, SyncMediaTypes.Reconciliation, cancellationToken, fetch) ?? throw Missing(peer, route);
        try
        {
            return read(answer);
        }
        catch (ProtocolViolationException violation)
        {
            throw new ProtocolViolationException($"{PeerFaults.Name(peer)}: {violation.Message}", violation);
        }
    }

    /// <summary>Sends a binary body and reads a binary answer of the same kind; null for 404.</summary>
    private async Task<ReadOnlyMemory<byte>?> AskAsync(
        PeerEndpoint peer, string route, ReadOnlyMemory<byte> request, string mediaType, CancellationToken cancellationToken, FetchOptions? fetch = null)
    {
        using var exchange = await SendAsync(peer, route, new BinaryBody(request, mediaType), cancellationToken, fetch);
        if (exchange.IsNotFound)
            return null;
        await exchange.RequireAsync(mediaType);
        return await exchange.ReadAllAsync(SyncLimits.MaxReconciliationBytes);
    }

    private static ProtocolViolationException Missing(PeerEndpoint peer, string route) => new($"{PeerFaults.Name(peer)}: it has no route {route}, which is part of version 1.");
}
