using System.Buffers;
using System.IO.Compression;
using System.Text.Json;
using Causality.Contracts.Http;
using Causality.Core;
using Causality.Protocol;
using Causality.Protocol.Client;
using Causality.Protocol.Wire;

namespace Causality.Fuzzing.Targets;

/// <summary>Answers of a hostile server, read as the differ and the transfer read them.</summary>
internal static class AnswerTargets
{
    // The first byte of an input says how the answer is encoded; the body follows.
    private const byte Plain = 0;
    private const byte Encoded = 1;

    private static readonly SegmentMetadata[] Whole = [.. Samples.Metadata.Take(3)];
    private static readonly LogSegment[] Contents = [.. Enumerable.Range(1, 3).Select(number => LogSegment.FromEntries(Whole[number - 1].Id, Samples.Origin, Samples.Entries.Skip(number).Take(number + 3)))];
    private static readonly ContentHash[] SomeEntries = [.. Samples.Entries.Skip(2).Take(5).Select(entry => entry.Hash)];
    private static readonly HashSet<string> Ids = [.. Samples.Entries.Take(6).Select(entry => entry.Id)];

    /// <summary>What a fetch wants, in the order of the answer: two whole segments, one that only its size names, some entries.</summary>
    private static readonly SegmentWish[] Wishes =
        [new(Whole[0]), new(Whole[2]), new(Whole[1] with { ContentHash = default }), new(Samples.Segment.Metadata, SomeEntries)];

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("fetch-stream", [Stream(false), [Plain, .. Frames(SyncMediaTypes.Brotli)], [Plain, .. Frames(SyncMediaTypes.Zstandard)], Stream(true), [Plain, .. Frame(WireSegments.Gone(Whole[0].Id)), .. Frames(null)[FirstFrame..]]], [.. Samples.BinaryWords, .. Samples.JsonWords, .. Words], Fetch),
        new("entry-lines", [Lines(Samples.Entries.Take(5)), Lines([]), Lines(Samples.Entries.Skip(3).Take(1))], Samples.JsonWords, EntryLines),
        new("winners", [JsonSerializer.SerializeToUtf8Bytes(new WinnersAnswer { Winners = [.. Samples.Entries.Take(3).Select(entry => new EntryWinner { EntryId = entry.Id, EntryHash = entry.Hash.ToString(), Timestamp = entry.Timestamp })] }, ProtocolJson.Answers)], Samples.JsonWords, Winners),
    ];

    private static byte[][] Words => Samples.Bytes("\"status\":\"gone\"", "\"encoding\":\"br\"", "\"encoding\":\"zstd\"", "\"encoded_bytes\":67108864", "\"size_bytes\":67108864", "\"entry_count\":5", Whole[0].ContentHash.ToString());

    private static int FirstFrame => Frame(WireSegments.Frame(Whole[0])).Length + Contents[0].Content.Length;

    private static bool Fetch(byte[] input)
    {
        var (isEncoded, body) = (input.Length > 0 && input[0] % 2 == Encoded, input.Length > 0 ? input[1..] : input);
        var fetched = new List<FetchedSegment>();
        var accepted = Try(async () =>
        {
            await foreach (var segment in FrameReader.FetchAsync(_ => CannedPeer.AskAsync(body, SyncMediaTypes.Frames, isEncoded ? SyncMediaTypes.Brotli : null, new FetchOptions()), Wishes, true, CancellationToken.None))
                fetched.Add(segment);
            return fetched.TrueForAll(segment => segment.Segment is not null);
        });
        for (var index = 0; index < fetched.Count; index++)
            Check(fetched[index], Wishes[index]);
        return accepted;
    }

    private static void Check(FetchedSegment fetched, SegmentWish wish)
    {
        if (fetched.Wanted.Id != wish.Segment.Id)
            throw new FuzzFaultException($"{fetched.Wanted.Id} came where {wish.Segment.Id} was due.");
        if (fetched.Segment is null == fetched.Reason is null)
            throw new FuzzFaultException("There is neither a segment nor a reason, or both.");
        if (fetched.Segment is not { } segment)
            return;
        if (wish.Entries is { } entries && !Enumerable.Range(0, segment.Count).All(index => entries.Contains(segment.EntryAt(index).Hash)))
            throw new FuzzFaultException("An entry passed that was not asked for.");
        if (wish.Entries is null && ContentHash.Of(segment.Content.Span) != fetched.Wanted.ContentHash)
            throw new FuzzFaultException("A content passed whose hash is another one.");
        fetched.Release();
    }

    private static bool EntryLines(byte[] input) => Try(async () =>
    {
        using var exchange = await CannedPeer.AskAsync(input, SyncMediaTypes.Lines);
        await exchange.RequireAsync(SyncMediaTypes.Lines);
        var asked = Samples.Entries.Take(5).Select(entry => entry.Hash).ToHashSet();
        return (await EntryLinesReader.ReadAsync(exchange, [.. asked])).TrueForAll(entry => asked.Remove(entry.Hash)) ? true : throw new FuzzFaultException("An entry passed that was not asked for, or twice.");
    });

    private static bool Winners(byte[] input) => Try(async () =>
    {
        using var exchange = await CannedPeer.AskAsync(input, SyncMediaTypes.Json);
        await exchange.RequireAsync(SyncMediaTypes.Json);
        return WinnersReader.Read(exchange, await exchange.ReadJsonAsync<WinnersAnswer>(), Ids).Keys.All(Ids.Contains) ? true : throw new FuzzFaultException("A winner passed that was not asked for.");
    });

    private static bool Try(Func<Task<bool>> read)
    {
        try
        {
            // Everything is in memory, so nothing waits.
            return read().GetAwaiter().GetResult();
        }
        catch (Exception exception) when (exception is ProtocolViolationException or PeerUnavailableException)
        {
            return exception.Message.Length is > 0 and < 4_000 ? false : throw new FuzzFaultException("The message is empty or unbounded.", exception);
        }
    }

    /// <summary>A whole answer, compressed or not.</summary>
    private static byte[] Stream(bool isEncoded)
    {
        var frames = Frames(null);
        if (!isEncoded)
            return [Plain, .. frames];
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            brotli.Write(frames);
        return [Encoded, .. packed.ToArray()];
    }

    private static byte[] Frames(string? encodingOfOne) =>
    [
        .. Frame(WireSegments.Frame(Whole[0])), .. Contents[0].Content.Span, .. encodingOfOne is not null ? Compressed(2, encodingOfOne) : [.. Frame(WireSegments.Frame(Whole[2])), .. Contents[2].Content.Span],
        .. Frame(WireSegments.Frame(Whole[1])), .. Contents[1].Content.Span,
        .. Frame(new FrameHeader { Id = Samples.Id.Value, Status = FrameStatus.Ok, EntryCount = SomeEntries.Length, SizeBytes = Lines(Samples.Entries.Skip(2).Take(5)).Length }), .. Lines(Samples.Entries.Skip(2).Take(5)),
    ];

    private static byte[] Compressed(int number, string encoding)
    {
        var encoded = new byte[Contents[number].Content.Length];
        return FrameEncodings.TryCompress(encoding, Contents[number].Content.Span, encoded, out var written)
            ? [.. Frame(WireSegments.Frame(Whole[number]) with { Encoding = encoding, EncodedBytes = written }), .. encoded.AsSpan(0, written)]
            : throw new InvalidOperationException();
    }

    private static byte[] Frame(FrameHeader header)
    {
        var output = new ArrayBufferWriter<byte>();
        FrameCodec.WriteHeader(output, header);
        return output.WrittenSpan.ToArray();
    }

    private static byte[] Lines(IEnumerable<LogEntry> entries) => [.. entries.SelectMany(entry => (byte[])[.. entry.CanonicalBytes.Span, (byte)'\n'])];
}
