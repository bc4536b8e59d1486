using System.Buffers;
using Causality.Contracts;
using Causality.Contracts.Http;
using Causality.Core;
using Causality.Protocol.Client;
using Causality.Protocol.Identity;
using Causality.Protocol.Tests.Hosting;
using Causality.Protocol.Wire;
using Causality.TestKit.Fakes;

namespace Causality.Protocol.Tests;

public sealed class When_a_fetch_goes_wrong : IAsyncLifetime
{
    private readonly OperatorIdentity _identity = TestIdentities.Make("beta");
    private readonly LogSegment _one = Samples.Segment("one", 0, 100);
    private readonly LogSegment _two = Samples.Segment("two", 1000, 100);
    private OperatorServer _server = null!;
    private HttpSyncProtocol _protocol = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await OperatorServer.StartAsync();
        _server.Know(_identity);
        await _server.Log.ImportBatchAsync([_one, _two], null, Token);
        _protocol = new HttpSyncProtocol(_identity, new HttpSyncProtocolOptions(), TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        _protocol.Dispose();
        await _server.DisposeAsync();
        _identity.Dispose();
    }

    [Fact]
    public async Task Altered_bytes_are_refused_with_the_hash_expected_and_found_and_the_rest_goes_on()
    {
        var altered = _one.Content.ToArray();
        altered[40] ^= 1;
        _server.Log.Tamper = (metadata, content) => new MemoryStream(metadata.Id == _one.Metadata.Id ? altered : content);

        var fetched = await FetchAsync(verifyHashes: true);

        fetched[0].Reason.ShouldBe(SyncReasons.ContentHashMismatch);
        fetched[0].Detail!.ShouldContain(_one.Metadata.ContentHash.ToString());
        fetched[0].Detail!.ShouldContain(ContentHash.Of(altered).ToString());
        fetched[0].Segment.ShouldBeNull();
        fetched[1].Segment!.Metadata.ShouldBe(_two.Metadata);
    }

    [Fact]
    public async Task Altered_bytes_are_refused_when_the_hash_comes_with_them()
    {
        var altered = _one.Content.ToArray();
        altered[40] ^= 1;
        _server.Log.Tamper = (metadata, content) => new MemoryStream(metadata.Id == _one.Metadata.Id ? altered : content);

        var fetched = await _protocol.FetchSegmentsAsync(
            _server.Endpoint, [new(_one.Metadata with { ContentHash = default }), new(_two.Metadata with { ContentHash = default })], new FetchOptions(), Token).ToListAsync(Token);

        fetched[0].Reason.ShouldBe(SyncReasons.ContentHashMismatch);
        fetched[0].Detail!.ShouldContain(_one.Metadata.ContentHash.ToString());
        fetched[1].Segment!.Metadata.ShouldBe(_two.Metadata);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("not a hash")]
    public async Task A_peer_that_never_says_the_hash_is_not_read_on(string? hash)
    {
        await using var server = await HostileServer.StartAsync(async context =>
        {
            context.Response.ContentType = SyncMediaTypes.Frames;
            var frame = new ArrayBufferWriter<byte>();
            FrameCodec.WriteHeader(frame, WireSegments.Frame(_one.Metadata) with { ContentHash = hash });
            await context.Response.Body.WriteAsync(frame.WrittenMemory);
        });

        var violation = await Should.ThrowAsync<ProtocolViolationException>(async () =>
            await server.Protocol.FetchSegmentsAsync(server.Endpoint, [new(_one.Metadata with { ContentHash = default })], new FetchOptions(), Token).ToListAsync(Token));

        violation.Message.ShouldContain("content_hash");
    }

    [Fact]
    public async Task Without_hashes_the_lines_are_still_checked()
    {
        var altered = _one.Content.ToArray();
        altered[^3] = (byte)'"';
        _server.Log.Tamper = (metadata, content) => new MemoryStream(metadata.Id == _one.Metadata.Id ? altered : content);

        var fetched = await FetchAsync(verifyHashes: false);

        fetched[0].Reason.ShouldBe(SyncReasons.SegmentInvalid);
        fetched[0].Detail!.ShouldContain("line 100");
        fetched[1].Segment.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_copy_that_ends_too_early_at_the_peer_does_not_hold_up_the_others()
    {
        _server.Log.Tamper = (metadata, content) => new MemoryStream(metadata.Id == _one.Metadata.Id ? content[..50] : content);

        var fetched = await FetchAsync(verifyHashes: true);

        fetched[0].Reason.ShouldBe(SyncReasons.ContentHashMismatch);
        fetched[1].Segment.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_single_segment_with_altered_bytes_is_a_mismatch()
    {
        var altered = _one.Content.ToArray();
        altered[40] ^= 1;
        _server.Log.Tamper = (_, _) => new MemoryStream(altered);

        var mismatch = await Should.ThrowAsync<ContentHashMismatchException>(() => _protocol.GetSegmentAsync(_server.Endpoint, _one.Metadata.Id, Token));

        (mismatch.Expected, mismatch.Actual).ShouldBe((_one.Metadata.ContentHash, ContentHash.Of(altered)));
    }

    [Fact]
    public async Task A_single_segment_that_breaks_off_is_unavailable()
    {
        _server.Log.Tamper = (_, content) => new MemoryStream(content[..50]);

        await Should.ThrowAsync<PeerUnavailableException>(() => _protocol.GetSegmentAsync(_server.Endpoint, _one.Metadata.Id, Token));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_truncated_answer_still_gives_the_complete_segments(bool abort)
    {
        var received = new List<FetchedSegment>();
        var firstReceived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await HostileServer.StartAsync(async context =>
        {
            context.Response.ContentType = SyncMediaTypes.Frames;
            await context.Response.Body.WriteAsync(Frame(_one.Metadata, _one.Content));
            await context.Response.Body.WriteAsync(Frame(_two.Metadata, _two.Content[..70]));
            await context.Response.Body.FlushAsync();
            await firstReceived.Task;
            if (abort)
                context.Abort();
        });

        var failure = await Should.ThrowAsync<PeerUnavailableException>(async () =>
        {
            await foreach (var segment in server.Protocol.FetchSegmentsAsync(server.Endpoint, [_one.Metadata, _two.Metadata], true, Token))
            {
                received.Add(segment);
                firstReceived.TrySetResult();
            }
        });

        received.Single().Segment!.Metadata.ShouldBe(_one.Metadata);
        failure.Message.ShouldContain("truncated");
    }

    [Fact]
    public async Task A_peer_that_contradicts_its_own_list_is_named_with_the_field()
    {
        (await FrameFailureAsync(Frame(_two.Metadata, _two.Content))).ShouldContain("id:");
        (await FrameFailureAsync(Frame(_one.Metadata with { SizeBytes = 5 }, _one.Content))).ShouldContain("size_bytes:");
        (await FrameFailureAsync(Frame(_one.Metadata with { ContentHash = _two.Metadata.ContentHash }, _one.Content))).ShouldContain("content_hash:");
        (await FrameFailureAsync(Frame(_one.Metadata with { Origin = new("other") }, _one.Content))).ShouldContain("origin:");
        (await FrameFailureAsync([.. Frame(_one.Metadata, _one.Content), 0])).ShouldContain("last frame");
    }

    [Fact]
    public async Task A_frame_header_out_of_bounds_is_a_violation()
    {
        (await FrameFailureAsync([0xFF, 0xFF, 0xFF, 0xFF])).ShouldContain("4294967295");
        (await FrameFailureAsync([0, 0, 0, 0])).ShouldContain("0 bytes");
        (await FrameFailureAsync([0, 0, 0, 2, (byte)'{', (byte)'{'])).ShouldContain("frame header");
    }

    private async Task<List<FetchedSegment>> FetchAsync(bool verifyHashes) =>
        await _protocol.FetchSegmentsAsync(_server.Endpoint, [_one.Metadata, _two.Metadata], verifyHashes, Token).ToListAsync(Token);

    private async Task<string> FrameFailureAsync(byte[] body)
    {
        await using var server = await HostileServer.AnsweringAsync(SyncMediaTypes.Frames, body);
        var violation = await Should.ThrowAsync<ProtocolViolationException>(async () =>
            await server.Protocol.FetchSegmentsAsync(server.Endpoint, [_one.Metadata], true, Token).ToListAsync(Token));
        return violation.Message;
    }

    private static byte[] Frame(SegmentMetadata metadata, ReadOnlyMemory<byte> content)
    {
        var frame = new ArrayBufferWriter<byte>();
        FrameCodec.WriteHeader(frame, WireSegments.Frame(metadata));
        frame.Write(content.Span);
        return frame.WrittenSpan.ToArray();
    }
}
