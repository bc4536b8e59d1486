using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Text.Json;
using Causality.Contracts;
using Causality.Contracts.Http;
using Causality.Core;
using Causality.Protocol.Identity;
using Causality.Protocol.Tests.Hosting;
using Causality.Protocol.Wire;
using Causality.TestKit.Fakes;

namespace Causality.Protocol.Tests;

/// <summary>What is offered is what is answered, and a compressed answer is trusted no more than a plain one.</summary>
public sealed class When_answers_are_compressed
{
    private readonly LogSegment _segment = Samples.Segment("one", 0, 300);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("br", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("gzip, br", "br")]
    [InlineData("br;q=0, gzip;q=0.5", "gzip")]
    [InlineData("gzip;q=0", null)]
    [InlineData("zstd, br, gzip", "br")]
    [InlineData("deflate, lzma", null)]
    [InlineData("", null)]
    public async Task Should_answer_in_what_was_offered(string offered, string? expected)
    {
        using var identity = TestIdentities.Make("beta");
        await using var server = await OperatorServer.StartAsync();
        server.Know(identity);
        await server.Log.ImportSegmentAsync(_segment, Token);
        using var client = RawClient.To(server.PeerAddress, identity.Certificate);
        using var request = new HttpRequestMessage(HttpMethod.Post, SyncRoutes.FetchSegments);
        request.Content = RawClient.Json($$"""{"segments":[{"id":"one","content_hash":"{{_segment.Metadata.ContentHash}}"}]}""");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", offered);

        using var answer = await client.SendAsync(request, Token);

        answer.EnsureSuccessStatusCode();
        answer.Content.Headers.ContentEncoding.SingleOrDefault().ShouldBe(expected);
        var body = await answer.Content.ReadAsByteArrayAsync(Token);
        if (expected is not null)
            body.Length.ShouldBeLessThan(_segment.Content.Length / 2);
        Decompressed(body, expected).AsSpan().IndexOf(_segment.Content.Span).ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("zstd, br, gzip", "zstd")]
    [InlineData("br;q=0.5, zstd;q=0.1", "zstd")]
    [InlineData("br, gzip", "br")]
    [InlineData("zstd;q=0, br", "br")]
    [InlineData("gzip", null)]
    [InlineData("", null)]
    public async Task Should_compress_the_segments_of_a_large_answer_one_by_one(string offered, string? expected)
    {
        using var identity = TestIdentities.Make("beta");
        await using var server = await OperatorServer.StartAsync();
        server.Know(identity);
        var large = Samples.Segment("large", 0, 14_000);
        large.Content.Length.ShouldBeGreaterThan(1024 * 1024, "what is smaller is compressed as a whole");
        await server.Log.ImportSegmentAsync(large, Token);
        using var client = RawClient.To(server.PeerAddress, identity.Certificate);
        using var request = new HttpRequestMessage(HttpMethod.Post, SyncRoutes.FetchSegments);
        request.Content = RawClient.Json($$"""{"segments":[{"id":"large","content_hash":"{{large.Metadata.ContentHash}}"}]}""");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", offered);

        using var answer = await client.SendAsync(request, Token);

        answer.Content.Headers.ContentEncoding.ShouldBeEmpty();
        var body = await answer.Content.ReadAsByteArrayAsync(Token);
        var header = JsonSerializer.Deserialize<FrameHeader>(body.AsSpan(4, BinaryPrimitives.ReadInt32BigEndian(body)), ProtocolJson.Answers)!;
        header.Encoding.ShouldBe(expected);
        var content = body.AsSpan(4 + BinaryPrimitives.ReadInt32BigEndian(body));
        if (expected is null)
        {
            content.SequenceEqual(large.Content.Span).ShouldBeTrue();
            return;
        }

        content.Length.ShouldBe((int)header.EncodedBytes!.Value);
        content.Length.ShouldBeLessThan(large.Content.Length / 2);
        var whole = new byte[large.Content.Length];
        FrameEncodings.TryDecompress(expected, content, whole).ShouldBeTrue();
        whole.AsSpan().SequenceEqual(large.Content.Span).ShouldBeTrue();
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task Should_read_what_the_peer_has_compressed(string encoding)
    {
        await using var peer = await HostileServer.AnsweringAsync(SyncMediaTypes.Frames, Compressed(Frame(), encoding), headers: headers => headers.ContentEncoding = encoding);

        var fetched = await FetchAsync(peer);

        fetched.ShouldHaveSingleItem().Segment!.Metadata.ShouldBe(_segment.Metadata);
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task Should_refuse_what_breaks_off(string encoding)
    {
        var whole = Compressed(Frame(), encoding);
        await using var peer = await HostileServer.AnsweringAsync(SyncMediaTypes.Frames, whole[..(whole.Length / 2)], headers: headers => headers.ContentEncoding = encoding);

        await ShouldFailAsync(peer);
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task Should_refuse_what_is_not_compressed_at_all(string encoding)
    {
        await using var peer = await HostileServer.AnsweringAsync(SyncMediaTypes.Frames, Frame(), headers: headers => headers.ContentEncoding = encoding);

        await ShouldFailAsync(peer);
    }

    [Theory]
    [InlineData("deflate")]
    [InlineData("gzip, gzip")]
    [InlineData("identity")]
    public async Task Should_refuse_an_encoding_that_was_not_offered(string encoding)
    {
        await using var peer = await HostileServer.AnsweringAsync(SyncMediaTypes.Frames, Frame(), headers: headers => headers.ContentEncoding = encoding);

        (await Should.ThrowAsync<ProtocolViolationException>(() => FetchAsync(peer))).Message.ShouldContain("Content-Encoding");
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task Should_read_no_more_of_a_bomb_than_what_was_asked_for(string encoding)
    {
        // 64 MiB of one byte after the frame: a kilobyte or so on the wire.
        var bomb = Compressed([.. Frame(), .. new byte[64 * 1024 * 1024]], encoding);
        await using var peer = await HostileServer.AnsweringAsync(SyncMediaTypes.Frames, bomb, headers: headers => headers.ContentEncoding = encoding);
        var before = GC.GetTotalAllocatedBytes();

        await ShouldFailAsync(peer);

        (GC.GetTotalAllocatedBytes() - before).ShouldBeLessThan(32 * 1024 * 1024);
    }

    [Theory]
    [InlineData("br", 0)]
    [InlineData("br", -1)]
    [InlineData("br", 1)]
    [InlineData("zstd", 0)]
    [InlineData("zstd", -1)]
    [InlineData("zstd", 1)]
    public async Task Should_refuse_a_frame_that_holds_more_or_less_than_its_segment(string encoding, int difference)
    {
        // A frame's own compression: what it decompresses to must be exactly the segment, whatever the frame says of its length.
        var content = _segment.Content.ToArray();
        byte[] held = difference switch { > 0 => [.. content, .. new byte[8 * 1024 * 1024]], < 0 => content[..^1], _ => content };
        var encoded = new byte[held.Length];
        FrameEncodings.TryCompress(encoding, held, encoded, out var length).ShouldBeTrue();
        var frame = new ArrayBufferWriter<byte>();
        FrameCodec.WriteHeader(frame, WireSegments.Frame(_segment.Metadata) with { Encoding = encoding, EncodedBytes = length });
        frame.Write(encoded.AsSpan(0, length));
        await using var peer = await HostileServer.AnsweringAsync(SyncMediaTypes.Frames, frame.WrittenSpan.ToArray());

        var fetched = (await FetchAsync(peer)).ShouldHaveSingleItem();

        (fetched.Segment is not null).ShouldBe(difference == 0);
        fetched.Reason.ShouldBe(difference == 0 ? null : SyncReasons.SegmentInvalid);
    }

    [Theory]
    [InlineData("br")]
    [InlineData("zstd")]
    public void Should_take_damaged_bytes_for_what_they_are(string encoding)
    {
        var content = _segment.Content.ToArray();
        var encoded = new byte[content.Length];
        FrameEncodings.TryCompress(encoding, content, encoded, out var length).ShouldBeTrue();
        var target = new byte[content.Length + 1];
        target[^1] = 0xA5;
        for (var cut = 0; cut < length; cut++)
            FrameEncodings.TryDecompress(encoding, encoded.AsSpan(0, cut), target.AsSpan(0, content.Length)).ShouldBeFalse();
        var random = new Random(20261126);
        for (var round = 0; round < 2_000; round++)
        {
            var altered = encoded[..length];
            altered[random.Next(length)] ^= (byte)(1 + random.Next(255));
            FrameEncodings.TryDecompress(encoding, altered, target.AsSpan(0, content.Length));
        }

        target[^1].ShouldBe((byte)0xA5, "nothing is written beyond the content");
        FrameEncodings.TryDecompress(encoding, encoded.AsSpan(0, length), target.AsSpan(0, content.Length)).ShouldBeTrue();
        target.AsSpan(0, content.Length).SequenceEqual(content).ShouldBeTrue();
    }

    [Theory]
    [InlineData("br")]
    [InlineData("zstd")]
    public void Should_leave_alone_what_does_not_get_smaller(string encoding)
    {
        var random = new byte[5_000];
        new Random(1).NextBytes(random);

        FrameEncodings.TryCompress(encoding, random, new byte[random.Length], out _).ShouldBeFalse();
    }

    private byte[] Frame()
    {
        var frame = new ArrayBufferWriter<byte>();
        FrameCodec.WriteHeader(frame, WireSegments.Frame(_segment.Metadata));
        frame.Write(_segment.Content.Span);
        return frame.WrittenSpan.ToArray();
    }

    private async Task<List<FetchedSegment>> FetchAsync(HostileServer peer) =>
        await peer.Protocol.FetchSegmentsAsync(peer.Endpoint, [new(_segment.Metadata)], new FetchOptions { Compressed = true }, Token).ToListAsync(Token);

    /// <summary>A breach or a broken connection, and nothing else; nothing hangs.</summary>
    private async Task ShouldFailAsync(HostileServer peer)
    {
        var failure = await Record.ExceptionAsync(() => FetchAsync(peer));
        (failure is ProtocolViolationException or PeerUnavailableException).ShouldBeTrue($"it was {failure}");
    }

    private static byte[] Compressed(byte[] body, string encoding)
    {
        using var compressed = new MemoryStream();
        using (Stream stream = encoding == "br" ? new BrotliStream(compressed, CompressionLevel.Optimal) : new GZipStream(compressed, CompressionLevel.Optimal))
            stream.Write(body);
        return compressed.ToArray();
    }

    private static byte[] Decompressed(byte[] body, string? encoding)
    {
        using var whole = new MemoryStream();
        using Stream stream = encoding switch
        {
            "br" => new BrotliStream(new MemoryStream(body), CompressionMode.Decompress),
            "gzip" => new GZipStream(new MemoryStream(body), CompressionMode.Decompress),
            _ => new MemoryStream(body),
        };
        stream.CopyTo(whole);
        return whole.ToArray();
    }
}
