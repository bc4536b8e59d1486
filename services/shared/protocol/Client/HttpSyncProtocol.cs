using System.Runtime.CompilerServices;
using Causality.Contracts;
using Causality.Contracts.Http;
using Causality.Core;
using Causality.Protocol.Client.Addresses;
using Causality.Protocol.Identity;
using Causality.Protocol.Wire;

namespace Causality.Protocol.Client;

/// <summary>The peer protocol over HTTP/1.1 and mutual TLS. Thread-safe; one instance serves every peer.</summary>
/// <param name="identity">Whose certificate is shown to peers.</param>
/// <param name="options">Waiting times and bounds.</param>
/// <param name="time">The clock for waits.</param>
/// <param name="addresses">Where peers may be; null for anywhere, when the caller knows whom it names.</param>
public sealed partial class HttpSyncProtocol(OperatorIdentity identity, HttpSyncProtocolOptions options, TimeProvider time, PeerAddressRules? addresses = null) : ISyncProtocol, IDisposable
{
    private const int RootLength = 32;

    /// <summary>How often in a row a peer may ask for a moment before that counts as overload.</summary>
    private const int ShortWaits = 5;

    private readonly PeerConnections _connections = new(peer => PeerHandlers.Create(peer, identity, options, addresses), options.MaxPeers);

    /// <inheritdoc/>
    public async Task<PeerInfo> GetInfoAsync(PeerEndpoint peer, CancellationToken cancellationToken)
    {
        using var exchange = await SendAsync(peer, SyncRoutes.Info, null, cancellationToken);
        await exchange.RequireAsync(SyncMediaTypes.Json);
        ClientMetrics.NoteDate(peer.Id, exchange.Response.Headers.Date, time.GetUtcNow());
        var info = await exchange.ReadJsonAsync<PeerInfoAnswer>();
        if (!OperatorId.TryParse(info.Operator, out var operatorId))
            throw exchange.Violation($"operator: '{Printable.Shorten(info.Operator)}' is not an operator id");
        if (operatorId.Value != peer.Id)
            throw new PeerRefusedException(SyncReasons.PeerRefused, $"{PeerFaults.Name(peer)} calls itself '{operatorId}': correct the id or the address of the peer.");
        if (!info.Versions.Contains(1))
            throw exchange.Violation($"versions: {Printable.Shorten(string.Join(", ", info.Versions))} does not contain 1");
        if (info.Root is not { Length: RootLength } || !info.Root.All(char.IsAsciiHexDigitLower))
            throw exchange.Violation($"root: '{Printable.Shorten(info.Root)}' is not {RootLength} lower-case hex digits");
        if (Math.Min(info.SegmentCount, Math.Min(info.EntryCount, info.SizeBytes)) < 0)
            throw exchange.Violation($"segment_count, entry_count or size_bytes is negative ({info.SegmentCount}, {info.EntryCount}, {info.SizeBytes})");

        return new PeerInfo(operatorId, info.Root, info.SegmentCount, info.EntryCount, info.SizeBytes, info.Capabilities) { Scope = ScopeOf(exchange, info) };
    }

    private static SegmentScope ScopeOf(PeerExchange exchange, PeerInfoAnswer info)
    {
        try
        {
            return SegmentScope.Of(info.Scope);
        }
        catch (FormatException exception)
        {
            throw exchange.Violation($"scope: {exception.Message.TrimEnd('.')}");
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<SegmentMetadata> GetSegmentListAsync(PeerEndpoint peer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        SegmentId? after = null;
        var count = 0;
        do
        {
            var (page, next) = await GetPageAsync(peer, after, cancellationToken);
            count += page.Count;
            if (count > SyncLimits.MaxListLength)
                throw new ProtocolViolationException($"{PeerFaults.Name(peer)}: its list of segments is longer than {SyncLimits.MaxListLength}.");
            foreach (var metadata in page)
                yield return metadata;
            after = next;
        }
        while (after is not null);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SegmentMetadata>> GetSegmentMetadataAsync(PeerEndpoint peer, IReadOnlyCollection<SegmentId> ids, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ids.Count, SyncLimits.MaxMetadataIds, nameof(ids));
        if (ids.Count == 0)
            return [];

        var asked = ids.ToHashSet();
        using var exchange = await SendAsync(peer, SyncRoutes.SegmentMetadata, new SegmentMetadataRequest { Ids = [.. asked.Select(id => id.Value)] }, cancellationToken);
        await exchange.RequireAsync(SyncMediaTypes.Json);
        var answer = await exchange.ReadJsonAsync<SegmentMetadataAnswer>();
        var found = Named(peer, () => WireSegments.ReadAscending(answer.Segments, null, "segments"));
        return found.Find(metadata => !asked.Contains(metadata.Id)) is { } stranger ? throw exchange.Violation($"segments: '{stranger.Id}' was not asked for") : found;
    }

    /// <inheritdoc/>
    public async Task<LogSegment?> GetSegmentAsync(PeerEndpoint peer, SegmentId id, CancellationToken cancellationToken)
    {
        using var exchange = await SendAsync(peer, SyncRoutes.SegmentOf(id.Value), null, cancellationToken);
        if (exchange.IsNotFound)
            return null;
        await exchange.RequireAsync(SyncMediaTypes.Segment);
        return await SegmentReader.ReadAsync(exchange, id);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<FetchedSegment> FetchSegmentsAsync(PeerEndpoint peer, IReadOnlyList<SegmentWish> wanted, FetchOptions options, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(wanted.Count, SyncLimits.MaxFetchSegments, nameof(wanted));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(wanted.Sum(wish => (long)(wish.Entries?.Count ?? 0)), SyncLimits.MaxEntryHashes, nameof(wanted));
        ClientMetrics.Begin(peer.Id);
        return FrameReader.FetchAsync(body => SendAsync(peer, SyncRoutes.FetchSegments, body, cancellationToken, options), wanted, options.VerifyHashes, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<LogEntry>?> GetEntriesAsync(PeerEndpoint peer, SegmentId id, IReadOnlyCollection<ContentHash> entryHashes, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(entryHashes.Count, SyncLimits.MaxEntryHashes, nameof(entryHashes));
        var asked = entryHashes.ToHashSet();
        using var exchange = await SendAsync(peer, SyncRoutes.EntriesOf(id.Value), new EntriesRequest { EntryHashes = [.. asked.Select(hash => hash.ToString())] }, cancellationToken);
        if (exchange.IsNotFound)
            return null;
        await exchange.RequireAsync(SyncMediaTypes.Lines);
        return await EntryLinesReader.ReadAsync(exchange, asked);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, EntryKey>> GetWinnersAsync(PeerEndpoint peer, IReadOnlyCollection<string> entryIds, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(entryIds.Count, SyncLimits.MaxWinnerIds, nameof(entryIds));
        if (entryIds.Count == 0)
            return new Dictionary<string, EntryKey>();

        var asked = entryIds.ToHashSet(StringComparer.Ordinal);
        using var exchange = await SendAsync(peer, SyncRoutes.ResolveConflicts, new WinnersRequest { EntryIds = [.. asked] }, cancellationToken);
        await exchange.RequireAsync(SyncMediaTypes.Json);
        return WinnersReader.Read(exchange, await exchange.ReadJsonAsync<WinnersAnswer>(), asked);
    }

    /// <inheritdoc/>
    public async Task<PushedSegment> SendSegmentAsync(PeerEndpoint peer, LogSegment segment, ITransferPace? pace, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(segment);
        if (pace is not null)
            await pace.TakeAsync(segment.Content.Length, cancellationToken);
        using var exchange = await SendAsync(peer, SyncRoutes.SegmentOf(segment.Metadata.Id.Value), segment, cancellationToken);
        if (await exchange.ReadRefusalAsync() is { } refusal)
            return new PushedSegment(0, refusal.Reason, refusal.Detail);

        await exchange.RequireAsync(SyncMediaTypes.Json);
        var answer = await exchange.ReadJsonAsync<PushAnswer>();
        return answer.EntriesAdded >= 0 && answer.EntriesAdded <= segment.Count
            ? new PushedSegment(answer.EntriesAdded, null, null)
            : throw exchange.Violation($"entries_added: {answer.EntriesAdded} of the {segment.Count} entries sent is not possible");
    }

    /// <summary>Closes every connection.</summary>
    public void Dispose() => _connections.Dispose();

    private async Task<PeerExchange> SendAsync(PeerEndpoint peer, string path, object? body, CancellationToken cancellationToken, FetchOptions? fetch = null)
    {
        for (var attempt = 1; ; attempt++)
        {
            var exchange = await PeerExchange.SendAsync(peer, _connections, path, body, new IdleGuard(options, time, cancellationToken), fetch);
            if (attempt > ShortWaits || await exchange.ReadShortWaitAsync() is not { } wait)
                return exchange;

            // Every request may be repeated. A moment's patience is cheaper than beginning the step anew.
            exchange.Dispose();
            await Task.Delay(wait, time, cancellationToken);
        }
    }

    private async Task<(List<SegmentMetadata> Page, SegmentId? Next)> GetPageAsync(PeerEndpoint peer, SegmentId? after, CancellationToken cancellationToken)
    {
        using var exchange = await SendAsync(peer, SyncRoutes.SegmentsPage(after?.Value, options.PageSize), null, cancellationToken);
        await exchange.RequireAsync(SyncMediaTypes.Json);
        var answer = await exchange.ReadJsonAsync<SegmentPage>();
        if (answer.Segments.Count > options.PageSize)
            throw exchange.Violation($"segments: {answer.Segments.Count} in one page, though {options.PageSize} were asked for");

        var page = Named(peer, () => WireSegments.ReadAscending(answer.Segments, after, "segments"));
        if (answer.Next is null)
            return (page, null);
        return page.Count > 0 && page[^1].Id.Value == answer.Next
            ? (page, page[^1].Id)
            : throw exchange.Violation($"next: '{Printable.Shorten(answer.Next)}' is not the last id of its page");
    }

    private static List<SegmentMetadata> Named(PeerEndpoint peer, Func<List<SegmentMetadata>> read)
    {
        try
        {
            return read();
        }
        catch (ProtocolViolationException violation)
        {
            throw new ProtocolViolationException($"{PeerFaults.Name(peer)}: {violation.Message}", violation);
        }
    }
}
