using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Causality.Contracts;
using Causality.Contracts.Http;
using Causality.Core;

namespace Causality.Protocol.Client;

/// <summary>Reads the streamed answer of a fetch, frame by frame; memory is one segment at a time.</summary>
internal static class FrameReader
{
    public static async IAsyncEnumerable<FetchedSegment> FetchAsync(
        Func<FetchRequest, Task<PeerExchange>> send, IReadOnlyList<SegmentWish> wanted, bool verifyHashes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var asked = Ask(wanted.Where(IsWithinLimits));
        using var exchange = asked.Segments.Count == 0 && asked.Sized is null && asked.Entries is null ? null : await send(asked);
        if (exchange is not null)
            await exchange.RequireAsync(SyncMediaTypes.Frames);

        foreach (var wish in wanted.OrderBy(PartOf))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return IsWithinLimits(wish) ? await ReadFrameAsync(exchange!, wish, verifyHashes) : TooLarge(wish.Segment);
        }

        if (exchange is not null && !await exchange.IsAtEndAsync())
            throw exchange.Violation("bytes follow the last frame");
    }

    private static FetchRequest Ask(IEnumerable<SegmentWish> wishes)
    {
        var parts = wishes.ToLookup(PartOf);
        return new FetchRequest
        {
            Segments = [.. parts[Part.Whole].Select(wish => new WantedSegment { Id = wish.Segment.Id.Value, ContentHash = wish.Segment.ContentHash.ToString() })],
            Sized = NoneIsNull(parts[Part.Sized].Select(wish => new SizedSegment { Id = wish.Segment.Id.Value, SizeBytes = wish.Segment.SizeBytes })),
            Entries = NoneIsNull(parts[Part.Entries].Select(wish => new WantedEntries { Id = wish.Segment.Id.Value, Hashes = EntryFrames.Join(wish.Entries!) })),
        };
    }

    private static Part PartOf(SegmentWish wish) => wish.Entries is not null ? Part.Entries : wish.Segment.HasContentHash ? Part.Whole : Part.Sized;

    private static List<T>? NoneIsNull<T>(IEnumerable<T> items) => items.ToList() is { Count: > 0 } list ? list : null;

    private static bool IsWithinLimits(SegmentWish wish) => wish.Entries is not null || wish.Segment is { SizeBytes: <= SegmentLimits.MaxBytes, EntryCount: <= SegmentLimits.MaxEntries };

    private static FetchedSegment TooLarge(SegmentMetadata segment) => new(
        segment, null, SyncReasons.SegmentTooLarge,
        $"Segment {segment.Id} has {segment.EntryCount} entries in {segment.SizeBytes} bytes; at most {SegmentLimits.MaxEntries} entries in {SegmentLimits.MaxBytes} bytes are taken.", 0);

    private static async Task<FetchedSegment> ReadFrameAsync(PeerExchange exchange, SegmentWish wish, bool verifyHashes)
    {
        var wanted = wish.Segment;
        var header = await ReadHeaderAsync(exchange, wanted);
        if (header.Status == FrameStatus.Gone)
            return new FetchedSegment(wanted, null, FetchedSegment.Gone, $"Segment {wanted.Id} is no longer at the peer {Meant(wish)}.", 0);
        if (wish.Entries is { } entries)
            return await EntryFrames.ReadAsync(exchange, header, wanted, entries);

        if (!wanted.HasContentHash)
            wanted = wanted with { ContentHash = ContentHash.TryParse(header.ContentHash, out var told) && told != default ? told : throw exchange.Violation($"content_hash: '{Printable.Shorten(header.ContentHash)}' of segment {wanted.Id} is not 64 hex digits") };
        RequireAsWanted(exchange, header, wanted);
        var (content, received) = await FrameContent.ReadAsync(exchange, header, wanted);
        return content is null
            ? new FetchedSegment(wanted, null, SyncReasons.SegmentInvalid, $"Segment {wanted.Id}: the compressed content does not give the {wanted.SizeBytes} bytes that were promised.", received)
            : Check(exchange.Peer.Id, wanted, content.AsMemory(0, (int)wanted.SizeBytes), verifyHashes, received).In(content);
    }

    private static string Meant(SegmentWish wish) => PartOf(wish) switch
    {
        Part.Whole => $"with content hash {wish.Segment.ContentHash}",
        Part.Sized => $"with {wish.Segment.SizeBytes} bytes",
        _ => "with the entries wanted",
    };

    private static async Task<FrameHeader> ReadHeaderAsync(PeerExchange exchange, SegmentMetadata wanted)
    {
        var prefix = new byte[Wire.FrameCodec.PrefixBytes];
        await exchange.ReadExactlyAsync(prefix);
        var length = BinaryPrimitives.ReadUInt32BigEndian(prefix);
        if (length is 0 or > SyncLimits.MaxFrameHeaderBytes)
            throw exchange.Violation($"the frame of segment {wanted.Id} has a header of {length} bytes; 1 to {SyncLimits.MaxFrameHeaderBytes} are allowed");

        var json = new byte[length];
        await exchange.ReadExactlyAsync(json);
        var header = exchange.ParseJson<FrameHeader>(json, $"the frame header of segment {wanted.Id}");
        if (header.Id != wanted.Id.Value)
            throw exchange.Violation($"id: the frame of '{Printable.Shorten(header.Id)}' came where that of '{wanted.Id}' was due");
        if (header.Status is not (FrameStatus.Ok or FrameStatus.Gone))
            throw exchange.Violation($"status: '{Printable.Shorten(header.Status)}' of segment {wanted.Id} is neither ok nor gone");
        return header;
    }

    /// <summary>A frame says again what the list has said; a peer that contradicts itself is not worth reading on.</summary>
    private static void RequireAsWanted(PeerExchange exchange, FrameHeader header, SegmentMetadata wanted)
    {
        Same(exchange, wanted, "content_hash", header.ContentHash, wanted.ContentHash.ToString());
        Same(exchange, wanted, "origin", header.Origin, wanted.Origin.Value);
        Same(exchange, wanted, "size_bytes", header.SizeBytes, wanted.SizeBytes);
        Same(exchange, wanted, "entry_count", header.EntryCount, wanted.EntryCount);
        Same(exchange, wanted, "start_timestamp", header.StartTimestamp, wanted.StartTimestamp);
        Same(exchange, wanted, "end_timestamp", header.EndTimestamp, wanted.EndTimestamp);
    }

    private static void Same<T>(PeerExchange exchange, SegmentMetadata wanted, string field, T? found, T expected)
    {
        if (!EqualityComparer<T>.Default.Equals(found, expected))
            throw exchange.Violation($"{field}: the frame of segment {wanted.Id} says '{Printable.Shorten(found?.ToString())}', its metadata said '{expected}'");
    }

    private static FetchedSegment Check(string peer, SegmentMetadata wanted, ReadOnlyMemory<byte> content, bool verifyHashes, long received)
    {
        try
        {
            var segment = LogSegment.Check(wanted.Id, wanted.Origin, content, verifyHashes ? wanted.ContentHash : null);
            return new FetchedSegment(wanted, segment, null, null, received);
        }
        catch (ContentHashMismatchException exception)
        {
            ClientMetrics.HashMismatch(peer);
            return new FetchedSegment(wanted, null, SyncReasons.ContentHashMismatch, exception.Message, received);
        }
        catch (SegmentInvalidException exception)
        {
            return new FetchedSegment(wanted, null, SyncReasons.SegmentInvalid, exception.Message, received);
        }
    }

    /// <summary>The parts of a request, in the order in which they are answered.</summary>
    private enum Part
    {
        Whole,
        Sized,
        Entries,
    }
}
