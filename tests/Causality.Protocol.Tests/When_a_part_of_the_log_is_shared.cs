using System.Net;
using Causality.Contracts;
using Causality.Contracts.Http;
using Causality.Core;
using Causality.Core.Reconciliation;
using Causality.Protocol.Client;
using Causality.Protocol.Identity;
using Causality.Protocol.Reconciling;
using Causality.Protocol.Server;
using Causality.Protocol.Tests.Hosting;
using Causality.TestKit.Fakes;
using Shouldly;
using Xunit;

namespace Causality.Protocol.Tests;

/// <summary>A peer whose scope is <c>b-</c> and <c>c.d</c> of a log with more in it.</summary>
public sealed class When_a_part_of_the_log_is_shared : IAsyncLifetime
{
    private static readonly string[] Scope = ["b-", "c.d"];
    private static readonly string[] Inside = ["b-", "b-1", "b-z", "c.d", "c.d.e"];
    private static readonly string[] Outside = ["a", "b", "b.1", "b0", "c", "c.c", "c.e", "zzz"];

    private readonly OperatorIdentity _identity = TestIdentities.Make("beta");
    private OperatorServer _server = null!;
    private HttpSyncProtocol _protocol = null!;
    private HttpClient _client = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await OperatorServer.StartAsync();
        _server.Peers.ByPin[_identity.Pin] = new KnownPeer(_identity.OperatorId, PeerPermissions.Read | PeerPermissions.Write | PeerPermissions.Resolve, SegmentScope.Of(Scope));
        _protocol = new HttpSyncProtocol(_identity, new HttpSyncProtocolOptions(), TimeProvider.System);
        _client = RawClient.To(_server.PeerAddress, _identity.Certificate);
        foreach (var (id, number) in Inside.Concat(Outside).Select((id, number) => (id, number)))
            await _server.Log.ImportSegmentAsync(Segment(id, number), Token);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _protocol.Dispose();
        await _server.DisposeAsync();
        _identity.Dispose();
    }

    [Fact]
    public async Task The_root_and_the_sums_are_those_of_a_log_that_has_nothing_else()
    {
        var alone = new InMemoryLog();
        foreach (var (id, number) in Inside.Select((id, number) => (id, number)))
            await alone.ImportSegmentAsync(Segment(id, number), Token);
        var expected = await alone.GetHeadAsync(Token);

        var info = await _protocol.GetInfoAsync(_server.Endpoint, Token);

        info.Scope.Prefixes.ShouldBe(Scope);
        (info.Root, info.SegmentCount, info.EntryCount, info.SizeBytes).ShouldBe((expected.Fingerprint.ToRoot(), expected.SegmentCount, expected.EntryCount, expected.SizeBytes));
    }

    [Fact]
    public async Task What_happens_outside_moves_nothing_and_what_happens_inside_moves_the_root()
    {
        var before = await _protocol.GetInfoAsync(_server.Endpoint, Token);

        await _server.Log.ImportSegmentAsync(Segment("a", 900), Token);
        var unmoved = await _protocol.GetInfoAsync(_server.Endpoint, Token);
        await _server.Log.ImportSegmentAsync(Segment("b-1", 901), Token);
        var moved = await _protocol.GetInfoAsync(_server.Endpoint, Token);

        unmoved.ShouldBeEquivalentTo(before);
        moved.Root.ShouldNotBe(before.Root);
        (moved.SegmentCount, moved.EntryCount).ShouldBe((before.SegmentCount, before.EntryCount + 1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(100)]
    public async Task The_list_walks_through_the_part_only(int pageSize)
    {
        using var protocol = new HttpSyncProtocol(_identity, new HttpSyncProtocolOptions { PageSize = pageSize }, TimeProvider.System);

        var ids = await protocol.GetSegmentListAsync(_server.Endpoint, Token).Select(segment => segment.Id.Value).ToListAsync(Token);

        ids.ShouldBe(Inside);
    }

    [Fact]
    public async Task No_route_tells_of_a_segment_outside()
    {
        var everything = Inside.Concat(Outside).Select(id => new SegmentId(id)).ToList();
        var all = await _server.Log.GetSegmentMetadataAsync(null, 100, Token);
        var items = all.Select(segment => LogFingerprint.ItemOf(segment.Id, segment.ContentHash)).ToList();
        var key = SymbolKey.Random();

        Names(await _protocol.GetSegmentMetadataAsync(_server.Endpoint, everything, Token)).ShouldBe(Inside);
        Names(await _protocol.GetReconciledSegmentsAsync(_server.Endpoint, new SegmentsRequest(null, [ReconciliationRange.Everything], [], items), Token)).ShouldBe(Inside);
        (await _protocol.GetSegmentSymbolsAsync(_server.Endpoint, new SegmentSymbolsRequest(key, 0, 64, [ReconciliationRange.Everything]), Token)).Size.ShouldBe(Inside.Length);
        var fetched = await _protocol.FetchSegmentsAsync(_server.Endpoint, all.Select(segment => new SegmentWish(segment)).ToList(), new FetchOptions(), Token).ToListAsync(Token);
        fetched.Where(segment => segment.Segment is not null).Select(segment => segment.Segment!.Metadata.Id.Value).ShouldBe(Inside, ignoreOrder: true);
        (await ReconciledAsync()).Count.ShouldBe(Inside.Length);
        foreach (var id in Outside)
        {
            (await _protocol.GetSegmentAsync(_server.Endpoint, new SegmentId(id), Token)).ShouldBeNull();
            (await _protocol.GetEntriesAsync(_server.Endpoint, new SegmentId(id), [Samples.Entry(1).Hash], Token)).ShouldBeNull();
            (await _protocol.ReconcileSegmentAsync(_server.Endpoint, new SegmentId(id), new byte[] { 0x61, 0, 0, 2, 0 }, Token)).ShouldBeNull();
        }

        var diff = await (await _client.PostAsync(SyncRoutes.Diff, RawClient.Json("{\"segments\":[{\"id\":\"a\",\"content_hash\":\"" + new string('0', 64) + "\"}]}"), Token)).Content.ReadAsStringAsync(Token);
        diff.ShouldContain("\"missing_remotely\":[\"a\"]"); // As if it were not here.
        diff.ShouldNotContain("zzz");
    }

    [Fact]
    public async Task Winners_are_told_of_entries_inside_only()
    {
        var (inside, outside) = (EntryOf(0).Id, EntryOf(Inside.Length).Id);

        var winners = await _protocol.GetWinnersAsync(_server.Endpoint, [inside, outside], Token);

        winners.Keys.ShouldBe([inside]);
    }

    [Fact]
    public async Task A_push_outside_is_refused_and_one_inside_is_taken()
    {
        var before = (await _server.Log.GetHeadAsync(Token)).Version;

        using var request = new HttpRequestMessage(HttpMethod.Put, SyncRoutes.SegmentOf("a"));
        var problem = await (await _client.SendAsync(request, Token)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "out-of-scope");
        problem.GetProperty("scope").EnumerateArray().Select(prefix => prefix.GetString()).ShouldBe(Scope);
        (await _server.Log.GetHeadAsync(Token)).Version.ShouldBe(before);

        (await _protocol.SendSegmentAsync(_server.Endpoint, Segment("b-new", 950), null, Token)).EntriesAdded.ShouldBe(1);
    }

    [Fact]
    public async Task A_scope_that_no_segment_id_begins_with_is_a_violation_of_the_peer()
    {
        await using var server = await HostileServer.AnsweringAsync("application/json", System.Text.Encoding.UTF8.GetBytes(
            "{\"operator\":\"mallory\",\"versions\":[1],\"capabilities\":[],\"scope\":[\"../\"],\"root\":\"250af10ae7f65882168061cb74b368af\",\"segment_count\":0,\"entry_count\":0,\"size_bytes\":0,"
            + "\"limits\":{\"page_size\":1,\"metadata_ids\":1,\"fetch_segments\":1,\"entry_hashes\":1,\"request_bytes\":1}}"));

        (await Should.ThrowAsync<Causality.Core.ProtocolViolationException>(() => server.Protocol.GetInfoAsync(server.Endpoint, Token))).Message.ShouldContain("scope");
    }

    private async Task<IReadOnlyCollection<ContentHash>> ReconciledAsync()
    {
        var client = new NegentropyClient(SortedItemSet.Of([]), SyncLimits.MaxReconciliationBytes, 1_000);
        for (var message = client.Begin(); message is not null;)
            message = client.Read((await _protocol.ReconcileAsync(_server.Endpoint, message, Token)).Span);
        return client.Need;
    }

    private static IEnumerable<string> Names(IEnumerable<SegmentMetadata> segments) => segments.Select(segment => segment.Id.Value);

    private static LogEntry EntryOf(int number) => Samples.Entry(1_000 + number);

    private static LogSegment Segment(string id, int number) => LogSegment.FromEntries(new SegmentId(id), new OperatorId("alpha"), [EntryOf(number)]);
}
