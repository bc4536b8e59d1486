using System.Net;
using System.Text.Json;
using Causality.Contracts;
using Causality.Contracts.Http;
using Causality.Core;
using Causality.Protocol.Wire;
using ProtocolViolationException = Causality.Core.ProtocolViolationException;

namespace Causality.Protocol.Client;

/// <summary>One request to a peer and its answer, read within bounds. Dispose it; that closes a connection whose answer was not read to its end.</summary>
internal sealed class PeerExchange : IDisposable
{
    private const int MaxProblemBytes = 64 * 1024;
    private const int FirstBytes = 64 * 1024;
    private static readonly TimeSpan LongestShortWait = TimeSpan.FromSeconds(2);

    private readonly PeerConnections.Lease _lease;
    private readonly HttpResponseMessage _response;
    private readonly ITransferPace? _pace;
    private readonly CountedStream _wire;
    private Stream _body;
    private bool _isDecompressing;
    private readonly IdleGuard _guard;

    private PeerExchange(PeerEndpoint peer, PeerConnections.Lease lease, HttpResponseMessage response, Stream body, IdleGuard guard, FetchOptions? fetch)
    {
        (Peer, _lease, _response, _guard) = (peer, lease, response, guard);
        _body = _wire = new CountedStream(body);
        (_pace, IsCompressionOffered) = (fetch?.Pace, fetch?.Compressed == true);
    }

    /// <summary>True when the request has offered to take compressed content.</summary>
    public bool IsCompressionOffered { get; }

    public PeerEndpoint Peer { get; }

    public HttpResponseMessage Response => _response;

    public bool IsNotFound => _response.StatusCode == HttpStatusCode.NotFound;

    /// <summary>Sends a request and waits for the headers of its answer.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="connections">Where its connections are.</param>
    /// <param name="path">Path and query.</param>
    /// <param name="body">Sent by POST, as it is when it is a <see cref="BinaryBody"/>, else as JSON; a segment is sent as it is by PUT; null for GET.</param>
    /// <param name="guard">Bounds every wait; owned by the exchange from here on.</param>
    /// <param name="fetch">How the answer is read; null for plain and as fast as it goes.</param>
    public static async Task<PeerExchange> SendAsync(PeerEndpoint peer, PeerConnections connections, string path, object? body, IdleGuard guard, FetchOptions? fetch = null)
    {
        PeerConnections.Lease? lease = null;
        HttpResponseMessage? response = null;
        try
        {
            var address = new Uri(PeerAddress.Of(peer), path);
            lease = connections.Take(peer);
            using var request = PeerRequests.Of(address, body, guard.Sent);
            if (fetch?.Compressed == true)
                request.Headers.AcceptEncoding.ParseAdd(WireEncoding.Offer);
            ExchangeTally.Current?.Sent(request.Content?.Headers.ContentLength ?? 0);
            guard.Arm();
            response = await lease.Invoker.SendAsync(request, guard.Token);
            var stream = await response.Content.ReadAsStreamAsync(guard.Token);
            guard.Disarm();
            return new PeerExchange(peer, lease, response, stream, guard, fetch);
        }
        catch (Exception exception)
        {
            response?.Dispose();
            lease?.Dispose();
            var mapped = Map(peer, exception, guard);
            guard.Dispose();
            if (mapped is null)
                throw;
            throw mapped;
        }
    }

    /// <summary>Fails unless the answer is a success of the given media type without a content encoding.</summary>
    public async Task RequireAsync(string mediaType)
    {
        if (_response.StatusCode != HttpStatusCode.OK)
            throw PeerFaults.Status(Peer, _response, await ReadProblemAsync());

        var found = _response.Content.Headers.ContentType?.MediaType;
        if (!string.Equals(found, mediaType, StringComparison.OrdinalIgnoreCase))
            throw Violation($"Content-Type is '{Printable.Shorten(found)}', not {mediaType}");
        if (_response.Content.Headers.ContentEncoding.Count == 0)
            return;
        if (!IsCompressionOffered || _response.Content.Headers.ContentEncoding is not { Count: 1 } encodings || WireEncoding.Decompressing(_body, encodings.Single()) is not { } body)
            throw Violation("Content-Encoding is set to something that was not offered");
        // What is read of it is bounded by the reader: never more than the lengths that it has checked.
        (_body, _isDecompressing) = (body, true);
    }

    /// <summary>How long the peer asks us to wait when that is a moment only (429); null for any other answer.</summary>
    public async Task<TimeSpan?> ReadShortWaitAsync()
    {
        if (_response.StatusCode != HttpStatusCode.TooManyRequests || _response.Headers.RetryAfter?.Delta is not { } wait || wait > LongestShortWait)
            return null;
        await ReadProblemAsync(); // To its end, so that the connection stays of use.
        return wait;
    }

    /// <summary>Why the peer refuses what was sent, by itself (413, 422 and 507); null for any other answer.</summary>
    public async Task<(string Reason, string Detail)?> ReadRefusalAsync()
    {
        if (_response.StatusCode is not (HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableContent or HttpStatusCode.InsufficientStorage))
            return null;

        var problem = await ReadProblemAsync() ?? "";
        var reason = problem switch
        {
            ProblemTypes.ContentHashMismatch => SyncReasons.ContentHashMismatch,
            ProblemTypes.PeerQuotaExceeded => SyncReasons.PeerQuotaExceeded,
            ProblemTypes.PayloadTooLarge or ProblemTypes.SegmentTooLarge => SyncReasons.SegmentTooLarge,
            _ => SyncReasons.SegmentInvalid,
        };
        return (reason, $"{PeerFaults.Name(Peer)} refused it: {(int)_response.StatusCode} ({Printable.Shorten(problem, 256)}).");
    }

    /// <summary>Reads the whole answer as JSON.</summary>
    public async Task<T> ReadJsonAsync<T>()
    {
        var body = await ReadAllAsync(SyncLimits.MaxJsonAnswerBytes);
        return ParseJson<T>(body.Span, "the answer");
    }

    /// <summary>Parses JSON of the peer.</summary>
    public T ParseJson<T>(ReadOnlySpan<byte> json, string what)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, ProtocolJson.Answers) ?? throw Violation($"{what} is null");
        }
        catch (JsonException exception)
        {
            throw new ProtocolViolationException(
                $"{PeerFaults.Name(Peer)}: {what} is not the JSON expected at '{JsonFaults.PlaceOf(exception)}' (line {exception.LineNumber + 1 ?? 0}).", exception);
        }
    }

    /// <summary>Reads the whole answer, refusing one that is longer than allowed.</summary>
    public async Task<ReadOnlyMemory<byte>> ReadAllAsync(int maxBytes)
    {
        if (_response.Content.Headers.ContentLength > maxBytes)
            throw Violation($"Content-Length is {_response.Content.Headers.ContentLength}; at most {maxBytes} bytes are allowed here");

        var buffer = new System.Buffers.ArrayBufferWriter<byte>((int)(_response.Content.Headers.ContentLength ?? 4096) + 1);
        while (true)
        {
            var read = await ReadAsync(buffer.GetMemory(1));
            if (read == 0)
                return buffer.WrittenMemory;
            buffer.Advance(read);
            if (buffer.WrittenCount > maxBytes)
                throw Violation($"the answer is longer than the {maxBytes} bytes that are allowed here");
        }
    }

    /// <summary>Fills <paramref name="memory"/>, or fails because the answer ends too early.</summary>
    public async Task ReadExactlyAsync(Memory<byte> memory)
    {
        while (memory.Length > 0)
        {
            var read = await ReadAsync(memory);
            if (read == 0)
                throw PeerFaults.Unavailable(Peer, "the answer is truncated: it ends in the middle of a frame");
            memory = memory[read..];
        }
    }

    /// <summary>Reads so many bytes into memory that grows with what arrives: a peer that promises much and sends nothing costs nothing.</summary>
    public async Task<ReadOnlyMemory<byte>> ReadExactlyAsync(int length)
    {
        var (content, filled) = (new byte[Math.Min(length, FirstBytes)], 0);
        while (filled < length)
        {
            if (filled == content.Length)
                Array.Resize(ref content, (int)Math.Min(length, content.Length * 2L));
            await ReadExactlyAsync(content.AsMemory(filled));
            filled = content.Length;
        }

        return content;
    }

    /// <summary>True when nothing is left of the answer.</summary>
    public async Task<bool> IsAtEndAsync() => await ReadAsync(new byte[1]) == 0;

    public ProtocolViolationException Violation(string what) => new($"{PeerFaults.Name(Peer)}: {what}.");

    public void Dispose()
    {
        _response.Dispose();
        _lease.Dispose();
        _guard.Dispose();
    }

    private async ValueTask<int> ReadAsync(Memory<byte> memory)
    {
        try
        {
            _guard.Arm();
            var read = await _body.ReadAsync(memory, _guard.Token);
            _guard.Disarm(read);
            if (_guard.IsTooSlow)
                throw PeerFaults.Unavailable(Peer, "its answer comes too slowly to wait for; look at the network between, and at the peer");
            // What came over the wire, not what it was decompressed to.
            var received = _wire.TakeCount();
            if (_pace is not null && received > 0)
                await _pace.TakeAsync(received, _guard.Token);
            ExchangeTally.Current?.Received(received);
            return read;
        }
        catch (Exception exception) when (_isDecompressing && exception is InvalidOperationException or InvalidDataException)
        {
            throw new ProtocolViolationException($"{PeerFaults.Name(Peer)}: the answer cannot be decompressed: {exception.Message}", exception);
        }
        catch (Exception exception) when (Map(Peer, exception, _guard) is { } mapped)
        {
            throw exception is IOException and not HttpIOException ? PeerFaults.Truncated(Peer, exception) : mapped;
        }
    }

    /// <summary>What an exception of the transport means; null for one that is to be thrown as it is.</summary>
    private static Exception? Map(PeerEndpoint peer, Exception exception, IdleGuard guard) => exception switch
    {
        PeerRefusedException or PeerUnavailableException or ProtocolViolationException => null,
        OperationCanceledException when guard.Caller.IsCancellationRequested => null,
        OperationCanceledException when guard.Token.IsCancellationRequested => PeerFaults.Unavailable(peer, "nothing has moved for longer than the idle timeout, or what moves is too slow to wait for", exception),
        HttpRequestException or IOException or OperationCanceledException => PeerFaults.Broken(peer, exception),
        _ => null,
    };

    private async Task<string?> ReadProblemAsync()
    {
        if (_response.Content.Headers.ContentType?.MediaType != SyncMediaTypes.Problem)
            return null;

        return ProblemBody.TypeOf(await ReadAllAsync(MaxProblemBytes));
    }
}
