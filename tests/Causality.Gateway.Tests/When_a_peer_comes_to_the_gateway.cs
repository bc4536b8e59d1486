using System.Net;
using Causality.Contracts;
using Causality.Core;
using Causality.Gateway.Tests.Hosting;
using Causality.Protocol;
using Causality.Protocol.Client;
using Causality.Protocol.Identity;
using Causality.Storage.Database.Records;
using Microsoft.EntityFrameworkCore;
using static Causality.Gateway.Tests.Hosting.Answers;

namespace Causality.Gateway.Tests;

public sealed class When_a_peer_comes_to_the_gateway : IAsyncLifetime
{
    private readonly SteppedTime _time = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("peer-").FullName;
    private OperatorIdentity _peer = null!;
    private GatewayHost _host = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _peer = new IdentityFolder(_folder, TimeProvider.System).LoadOrCreate(new OperatorId("beta"));
        _host = await GatewayHost.StartAsync(_time);
        await _host.ChangePeersAsync(async peers => await peers.AddAsync(new PeerRecord { Id = "beta", Address = "https://127.0.0.1:1", Pins = $"{new string('0', 64)},{_peer.Pin}" }, Token));
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _peer.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_known_peer_gets_the_published_log()
    {
        await _host.Applications.PostAsync("/v1/entries", Body(Line("one", 1) + Line("two", 2)), Token).JsonAsync();
        var log = await _host.Applications.PostAsync("/v1/log/publish", null, Token).JsonAsync();
        using var protocol = new HttpSyncProtocol(_peer, new HttpSyncProtocolOptions(), TimeProvider.System);
        var endpoint = new PeerEndpoint { Id = "alpha", Address = (await _host.Applications.GetAsync("/v1/identity", Token).JsonAsync()).GetProperty("peer_url").GetString()!, Pins = [_host.Identity.Pin] };

        var info = await protocol.GetInfoAsync(endpoint, Token);
        var list = await protocol.GetSegmentListAsync(endpoint, Token).ToListAsync(Token);
        var fetched = await protocol.FetchSegmentsAsync(endpoint, list.ConvertAll(segment => new SegmentWish(segment)), new FetchOptions(), Token).ToListAsync(Token);

        info.Root.ShouldBe(log.GetProperty("root").GetString());
        fetched.Single().Segment!.Count.ShouldBe(2);
        (await protocol.GetEntriesAsync(endpoint, list[0].Id, [fetched[0].Segment!.KeyAt(1).Hash], Token))!.Single().Id.ShouldBe("two");
    }

    [Fact]
    public async Task A_peer_that_is_switched_off_is_out_within_the_caches_time()
    {
        using var client = _host.Peers(_peer.Certificate);
        (await client.GetAsync("/sync/v1/info", Token)).StatusCode.ShouldBe(HttpStatusCode.OK);

        await _host.ChangePeersAsync(peers => peers.ExecuteUpdateAsync(row => row.SetProperty(peer => peer.Enabled, false), Token));
        _time.Step(TimeSpan.FromSeconds(5));

        await client.GetAsync("/sync/v1/info", Token).ProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public async Task A_pin_that_was_just_added_lets_in_without_the_caches_time_and_an_unknown_one_costs_four_looks_a_second_at_most()
    {
        await _host.ChangePeersAsync(peers => peers.ExecuteUpdateAsync(row => row.SetProperty(peer => peer.Pins, new string('0', 64)), Token));
        using var client = _host.Peers(_peer.Certificate);
        await client.GetAsync("/sync/v1/info", Token).ProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
        await _host.ChangePeersAsync(peers => peers.ExecuteUpdateAsync(row => row.SetProperty(peer => peer.Pins, _peer.Pin), Token));

        // The clock stands still: no look is due.
        await client.GetAsync("/sync/v1/info", Token).ProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
        _time.Step(TimeSpan.FromMilliseconds(250));

        (await client.GetAsync("/sync/v1/info", Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_a_peer_pushes_is_counted_and_bounded()
    {
        await using var host = await GatewayHost.StartAsync(null, ("PeerLimits:StorageQuotaBytes", "300"));
        await host.ChangePeersAsync(async peers => await peers.AddAsync(new PeerRecord { Id = "beta", Address = "https://127.0.0.1:1", Pins = _peer.Pin, Permissions = "read,write" }, Token));
        using var protocol = new HttpSyncProtocol(_peer, new HttpSyncProtocolOptions(), TimeProvider.System);
        var endpoint = new PeerEndpoint { Id = "alpha", Address = (await host.Applications.GetAsync("/v1/identity", Token).JsonAsync()).GetProperty("peer_url").GetString()!, Pins = [host.Identity.Pin] };
        LogSegment Of(string id, params int[] numbers) => LogSegment.FromEntries(new SegmentId(id), new OperatorId("beta"), numbers.Select(number => LogEntry.Create($"e{number:000}", number, EntryType.Fact, "\"0123456789012345678901234567890123456789\""u8)));
        var line = Of("x", 1).Content.Length;
        line.ShouldBeInRange(76, 149);

        (await protocol.SendSegmentAsync(endpoint, Of("b-1", 1), null, Token)).EntriesAdded.ShouldBe(1);
        (await protocol.SendSegmentAsync(endpoint, Of("b-1", 1), null, Token)).EntriesAdded.ShouldBe(0); // Costs nothing twice.
        (await protocol.SendSegmentAsync(endpoint, Of("b-1", 1, 2), null, Token)).EntriesAdded.ShouldBe(1); // Costs what is new.
        var before = (await host.Applications.GetAsync("/v1/log", Token).JsonAsync()).GetProperty("root").GetString();
        var refused = await protocol.SendSegmentAsync(endpoint, Of("b-2", 3, 4, 5), null, Token);

        refused.Reason.ShouldBe(SyncReasons.PeerQuotaExceeded);
        (await host.Applications.GetAsync("/v1/log", Token).JsonAsync()).GetProperty("root").GetString().ShouldBe(before);
        (await protocol.SendSegmentAsync(endpoint, Of("b-1", 2), null, Token)).EntriesAdded.ShouldBe(0);
    }

    [Fact]
    public async Task The_peers_door_has_neither_health_nor_the_application_api()
    {
        using var client = _host.Peers(_peer.Certificate);

        await client.GetAsync("/health/live", Token).ProblemAsync(HttpStatusCode.NotFound, "not-found");
        await client.PostAsync("/v1/entries", Body(Line("x", 1)), Token).ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    /// <summary>The system's clock, which a test can put forward.</summary>
    private sealed class SteppedTime : TimeProvider
    {
        private long _ahead;

        public void Step(TimeSpan by) => Interlocked.Add(ref _ahead, (long)(by.TotalSeconds * TimestampFrequency));

        // It stands still but for the steps, so that a slow machine changes nothing.
        private readonly long _begun = System.GetTimestamp();

        public override long GetTimestamp() => _begun + Interlocked.Read(ref _ahead);
    }
}
