using System.Net;
using Causality.Contracts.Http;
using Causality.Core;
using Causality.Protocol.Identity;
using Causality.Protocol.Server;
using Causality.Protocol.Server.Limits;
using Causality.Protocol.Server.Listeners;
using Causality.Protocol.Tests.Hosting;
using Causality.TestKit.Fakes;
using Microsoft.AspNetCore.Builder;
using Shouldly;
using Xunit;

namespace Causality.Protocol.Tests;

/// <summary>Rows S31, S36 to S38 of the bad inputs: limits that are the peer's own.</summary>
public sealed class When_a_peer_asks_too_much : IAsyncDisposable
{
    private const string Held = SyncRoutes.Prefix + "/held";

    private readonly SteppedTime _time = new();
    private readonly OperatorIdentity _peer = TestIdentities.Make("beta");
    private readonly OperatorIdentity _other = TestIdentities.Make("gamma");
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private OperatorServer? _server;
    private int _held;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        _release.TrySetResult();
        if (_server is not null)
            await _server.DisposeAsync();
        _peer.Dispose();
        _other.Dispose();
    }

    [Fact]
    public async Task Requests_beyond_the_bucket_wait_and_other_peers_do_not()
    {
        var server = await StartAsync(("PeerLimits:RequestsPerSecond", 2), ("PeerLimits:RequestBurst", 5));
        using var client = RawClient.To(server.PeerAddress, _peer.Certificate);
        using var other = RawClient.To(server.PeerAddress, _other.Certificate);
        for (var request = 0; request < 5; request++)
            (await client.GetAsync(SyncRoutes.Info, Token)).StatusCode.ShouldBe(HttpStatusCode.OK);

        using var refused = await client.GetAsync(SyncRoutes.Info, Token);

        await refused.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "rate-limited");
        refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        (await other.GetAsync(SyncRoutes.Info, Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
        _time.Step(TimeSpan.FromSeconds(0.5));
        (await client.GetAsync(SyncRoutes.Info, Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await (await client.GetAsync(SyncRoutes.Info, Token)).ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "rate-limited");
    }

    [Fact]
    public async Task Bytes_beyond_the_bucket_are_paid_for_by_waiting()
    {
        var server = await StartAsync(("PeerLimits:BytesPerSecond", 100), ("PeerLimits:ByteBurst", 1_000));
        using var client = RawClient.To(server.PeerAddress, _peer.Certificate);
        await server.Log.ImportSegmentAsync(Samples.Segment("large", 0, 50), Token);
        var size = (await server.Log.GetSegmentMetadataAsync([new SegmentId("large")], Token))[0].SizeBytes;
        (await client.GetAsync(SyncRoutes.SegmentOf("large"), Token)).StatusCode.ShouldBe(HttpStatusCode.OK);

        using var refused = await client.GetAsync(SyncRoutes.Info, Token);

        await refused.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "rate-limited");
        refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(Math.Ceiling((size - 1_000) / 100.0)));
        _time.Step(TimeSpan.FromSeconds((size / 100.0) + 1));
        (await client.GetAsync(SyncRoutes.Info, Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Frames_and_lines_count_as_bytes_too()
    {
        var server = await StartAsync(("PeerLimits:BytesPerSecond", 1), ("PeerLimits:ByteBurst", 1_000));
        await server.Log.ImportSegmentAsync(Samples.Segment("large", 0, 50), Token);
        var hash = (await server.Log.GetSegmentMetadataAsync([new SegmentId("large")], Token))[0].ContentHash;
        foreach (var (identity, body, route) in new[]
        {
            (_peer, $"{{\"segments\":[{{\"id\":\"large\",\"content_hash\":\"{hash}\"}}]}}", SyncRoutes.FetchSegments),
            (_other, "{\"entry_hashes\":[" + string.Join(',', Enumerable.Range(0, 50).Select(number => $"\"{Samples.Entry(number).Hash}\"")) + "]}", SyncRoutes.EntriesOf("large")),
        })
        {
            using var client = RawClient.To(server.PeerAddress, identity.Certificate);
            (await client.PostAsync(route, RawClient.Json(body), Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
            await (await client.GetAsync(SyncRoutes.Info, Token)).ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "rate-limited");
        }
    }

    [Fact]
    public async Task More_at_the_same_time_than_there_is_room_for_is_refused_at_once()
    {
        var server = await StartAsync(("PeerLimits:ConcurrentRequests", 2));
        using var client = RawClient.To(server.PeerAddress, _peer.Certificate);
        using var other = RawClient.To(server.PeerAddress, _other.Certificate);
        var running = new[] { client.GetAsync(Held, Token), client.GetAsync(Held, Token) };
        while (Volatile.Read(ref _held) < 2)
            await Task.Yield();

        using var refused = await client.GetAsync(SyncRoutes.Info, Token);

        await refused.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "overloaded");
        refused.Headers.RetryAfter.ShouldNotBeNull();
        (await other.GetAsync(SyncRoutes.Info, Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
        _release.SetResult();
        (await Task.WhenAll(running)).ShouldAllBe(answer => answer.IsSuccessStatusCode);
        (await client.GetAsync(SyncRoutes.Info, Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_it_asks_at_once_waits_for_its_turn_and_another_peer_does_not()
    {
        var server = await StartAsync();
        using var client = RawClient.To(server.PeerAddress, _peer.Certificate);
        using var other = RawClient.To(server.PeerAddress, _other.Certificate);
        var running = Enumerable.Range(0, PeerBudget.Turns + 3).Select(_ => client.GetAsync(Held, Token)).ToList();
        while (Volatile.Read(ref _held) < PeerBudget.Turns)
            await Task.Yield();

        (await other.GetAsync(SyncRoutes.Info, Token)).StatusCode.ShouldBe(HttpStatusCode.OK);

        Volatile.Read(ref _held).ShouldBe(PeerBudget.Turns);
        _release.SetResult();
        (await Task.WhenAll(running)).ShouldAllBe(answer => answer.IsSuccessStatusCode);
        _held.ShouldBe(PeerBudget.Turns + 3);
    }

    [Theory]
    [InlineData(PeerLoad.Diff)]
    [InlineData(PeerLoad.Upload)]
    public void Comparisons_and_uploads_have_bounds_of_their_own(PeerLoad load)
    {
        using var budget = new PeerBudget(new PeerLimitOptions { ConcurrentDiffs = 1, ConcurrentUploads = 1, ConcurrentRequests = 2 }, _time);
        budget.Begin(load);

        for (var attempt = 0; attempt < 3; attempt++)
            Should.Throw<Server.Problems.RequestProblemException>(() => budget.Begin(load)).Type.ShouldBe(ProblemTypes.Overloaded);
        budget.Begin(PeerLoad.Light); // What was refused has given back what it took.
        budget.End(load, 0);
        budget.Begin(load);
    }

    [Fact]
    public async Task A_request_that_takes_too_long_is_ended()
    {
        var server = await StartAsync(("PeerLimits:RequestTimeout", "00:00:01"));
        using var client = RawClient.To(server.PeerAddress, _peer.Certificate);

        await (await client.GetAsync(Held, Token)).ShouldBeProblemAsync(HttpStatusCode.RequestTimeout, "request-timeout");
    }

    [Fact]
    public async Task One_peer_has_so_many_connections_and_no_more()
    {
        var server = await StartAsync(("PeerLimits:ConnectionsPerPeer", 2));
        using var first = RawClient.To(server.PeerAddress, _peer.Certificate);
        using var second = RawClient.To(server.PeerAddress, _peer.Certificate);
        using var third = RawClient.To(server.PeerAddress, _peer.Certificate);
        using var other = RawClient.To(server.PeerAddress, _other.Certificate);
        (await first.GetAsync(SyncRoutes.Info, Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await second.GetAsync(SyncRoutes.Info, Token)).StatusCode.ShouldBe(HttpStatusCode.OK);

        await (await third.GetAsync(SyncRoutes.Info, Token)).ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "overloaded");

        (await other.GetAsync(SyncRoutes.Info, Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await first.GetAsync(SyncRoutes.Info, Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
        second.Dispose();
        HttpStatusCode status;
        do
            status = (await third.GetAsync(SyncRoutes.Info, Token)).StatusCode;
        while (status == HttpStatusCode.TooManyRequests); // The server hears of a closed connection a moment later.
        status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public void Limits_that_make_no_sense_are_named()
    {
        var options = new PeerLimitOptions { RequestsPerSecond = 0, HeadersTimeout = TimeSpan.Zero, StorageQuotaBytes = -1, ByteBurst = 1 };

        var failures = new PeerLimitOptionsValidator().Validate(null, options).Failures!.ToList();

        foreach (var name in new[] { "RequestsPerSecond", "HeadersTimeout", "StorageQuotaBytes", "ByteBurst" })
            failures.ShouldContain(failure => failure.StartsWith($"PeerLimits:{name} ", StringComparison.Ordinal));
        new PeerLimitOptionsValidator().Validate(null, new PeerLimitOptions()).Succeeded.ShouldBeTrue();
    }

    private async Task<OperatorServer> StartAsync(params (string Name, object Value)[] settings)
    {
        _server = await OperatorServer.StartAsync(map: Map, time: _time, settings: settings);
        _server.Know(_peer);
        _server.Know(_other);
        return _server;
    }

    private void Map(WebApplication application) => application
        .MapGet(Held, PeerAuthentication.Require(PeerPermissions.Read, PeerLoad.Light, async context =>
        {
            Interlocked.Increment(ref _held);
            await _release.Task.WaitAsync(context.RequestAborted);
        }))
        .OnListener(ListenerKind.Peer).WithMetadata(new RequiredPermission(PeerPermissions.Read));
}
