using System.Net;
using Causality.Contracts.Http;
using Causality.Core;
using Causality.Protocol.Identity;
using Causality.Protocol.Tests.Hosting;
using Causality.TestKit.Fakes;

namespace Causality.Protocol.Tests;

/// <summary>Row S38 of the bad inputs: uploads that are begun and never ended take room from the one who holds them, and not from the others.</summary>
public sealed class When_a_peer_holds_its_uploads_open : IAsyncDisposable
{
    private readonly List<OperatorIdentity> _peers = [];
    private readonly List<HeldUpload> _held = [];
    private OperatorServer _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        foreach (var upload in _held)
            await upload.DisposeAsync();
        await _server.DisposeAsync();
        _peers.ForEach(peer => peer.Dispose());
    }

    [Fact]
    public async Task Others_push_on_and_only_it_is_told_to_come_again()
    {
        await StartAsync();
        var greedy = Peer("beta");
        (await HoldAsync(greedy, SegmentLimits.MaxBytes)).IsHeld.ShouldBeTrue();

        await PushAsync(Peer("gamma"), HttpStatusCode.OK);

        using var refused = await PushAsync(greedy, HttpStatusCode.TooManyRequests);
        await refused.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "overloaded");
        refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Several_that_do_so_leave_room_as_well()
    {
        await StartAsync();
        foreach (var greedy in new[] { Peer("beta"), Peer("delta"), Peer("epsilon") })
        {
            (await HoldAsync(greedy, SegmentLimits.MaxBytes / 2)).IsHeld.ShouldBeTrue();
            await HoldAsync(greedy, SegmentLimits.MaxBytes / 2); // Whether or not there is room.
        }

        await PushAsync(Peer("gamma"), HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_was_refused_comes_in_when_it_lets_go()
    {
        await StartAsync();
        var greedy = Peer("beta");
        var held = await HoldAsync(greedy, SegmentLimits.MaxBytes);
        (await HoldAsync(greedy, 1_000)).First.ShouldStartWith("HTTP/1.1 429 ");

        await held.DisposeAsync();

        HeldUpload next;
        do
            next = await HoldAsync(greedy, 1_000);
        while (!next.IsHeld); // The server hears of a closed connection a moment later.
    }

    [Fact]
    public async Task It_ends_by_itself_and_the_room_is_free_again()
    {
        await StartAsync(("PeerLimits:UploadTimeout", "00:00:01"), ("PeerLimits:UploadBytesPerSecond", SegmentLimits.MaxBytes));
        var slow = Peer("beta");
        var held = await HoldAsync(slow, SegmentLimits.MaxBytes);

        (await held.AnswerAsync(Token)).ShouldStartWith("HTTP/1.1 408 ");

        await PushAsync(slow, HttpStatusCode.OK);
    }

    private async Task StartAsync(params (string Name, object Value)[] settings) => _server = await OperatorServer.StartAsync(settings: settings);

    private OperatorIdentity Peer(string id)
    {
        var peer = TestIdentities.Make(id);
        _peers.Add(peer);
        _server.Know(peer);
        return peer;
    }

    private async Task<HeldUpload> HoldAsync(OperatorIdentity peer, int lengthBytes)
    {
        var upload = await HeldUpload.BeginAsync(_server, peer, lengthBytes, Token);
        _held.Add(upload);
        return upload;
    }

    private async Task<HttpResponseMessage> PushAsync(OperatorIdentity peer, HttpStatusCode status)
    {
        var segment = Samples.Segment($"of-{peer.OperatorId}", 0, 3, "beta");
        using var client = RawClient.To(_server.PeerAddress, peer.Certificate);
        using var request = new HttpRequestMessage(HttpMethod.Put, SyncRoutes.SegmentOf(segment.Metadata.Id.Value)) { Content = new ByteArrayContent(segment.Content.ToArray()) };
        request.Content.Headers.ContentType = new(SyncMediaTypes.Segment);
        request.Headers.Add(SyncHeaders.Origin, "beta");
        request.Headers.Add(SyncHeaders.ContentHash, segment.Metadata.ContentHash.ToString());
        var answer = await client.SendAsync(request, Token);
        answer.StatusCode.ShouldBe(status);
        return answer;
    }
}
