using Causality.Contracts.Http.Control;
using Causality.Scheduler.Discovery;
using Causality.Scheduler.Tests.Hosting;
using Causality.TestKit.Operators;

namespace Causality.Scheduler.Tests.Discovery;

public sealed class When_a_file_lists_peers : IAsyncLifetime
{
    private OperatorStore _store = null!;
    private SchedulerHost _scheduler = null!;

    private string FilePath => Path.Combine(_store.Folder, "peers.json");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _store = await OperatorStore.CreateAsync(Backend.Embedded);
        Write(Peer("beta"));
        _scheduler = await SchedulerHost.StartAsync(_store, new Dictionary<string, string?> { ["Discovery:File"] = FilePath, ["Discovery:Interval"] = "00:00:01" });
    }

    public async ValueTask DisposeAsync()
    {
        await _scheduler.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Fact]
    public async Task Should_take_over_what_is_listed_and_what_changes()
    {
        await ListedAsync(peers => peers.Any(peer => peer.PeerId == "beta"));

        Write(Peer("beta", port: 8443), Peer("gamma"));

        await ListedAsync(peers => peers.Count == 2 && peers[0].Address == "https://beta.example:8443");
    }

    [Fact]
    public async Task Should_not_let_one_wrong_peer_block_the_others()
    {
        // Broke: the first peer that could not be added ended the round for its source.
        Write("""{"id":"Not An Id","address":"https://x.example:1","pins":["00"]}""", Peer("delta", pin: "short"), Peer("gamma"));

        (await ListedAsync(peers => peers.Any(peer => peer.PeerId == "gamma"))).ShouldNotContain(peer => peer.PeerId == "delta");
    }

    [Fact]
    public async Task Should_keep_the_peers_when_the_file_breaks_or_goes()
    {
        await ListedAsync(peers => peers.Count == 1);
        await File.WriteAllTextAsync(FilePath, "[{", Cancelled);
        File.Delete(FilePath);
        // The next good version shows that rounds went on in between.
        Write(Peer("gamma"));

        (await ListedAsync(peers => peers.Any(peer => peer.PeerId == "gamma"))).Select(peer => peer.PeerId).ShouldBe(["beta", "gamma"]);
    }

    [Fact]
    public async Task Should_know_a_peer_again_however_its_address_is_spelled()
    {
        // Broke: an address in another spelling counted as a change in every round, and each change makes a sync due at once.
        await ListedAsync(peers => peers.Count == 1);
        var before = await _scheduler.PeerAsync("beta");
        Write($$"""{"id":"beta","address":"https://BETA.example:7443/sync/","pins":["{{FakePeer.Pin.ToUpperInvariant()}}"]}""", Peer("gamma"));
        await ListedAsync(peers => peers.Count == 2);

        (await _scheduler.PeerAsync("beta")).Version.ShouldBe(before.Version);
    }

    [Fact]
    public async Task Should_take_over_overrides_and_leave_those_that_a_person_set()
    {
        await _scheduler.AddPeerAsync(new() { BatchSize = 5 }, "beta");
        Write(Peer("beta", port: 8443), $$$"""{"id":"gamma","address":"https://gamma.example:7443","pins":["{{{FakePeer.Pin}}}"],"overrides":{"max_retries":9}}""");

        var peers = await ListedAsync(all => all.Count == 2 && all[0].Address.EndsWith("8443", StringComparison.Ordinal));

        (peers[0].Overrides?.BatchSize, peers[1].Overrides?.MaxRetries).ShouldBe((5, 9));
    }

    [Fact]
    public async Task Should_pass_over_this_operator_itself()
    {
        Write(Peer("alpha"), Peer("gamma"));

        (await ListedAsync(peers => peers.Any(peer => peer.PeerId == "gamma"))).ShouldNotContain(peer => peer.PeerId == "alpha");
    }

    [Theory]
    [InlineData("[\n  {\"id\": \"b\"},\n  {\"id\": }\n]", "line 3")]
    [InlineData("{}", "line 1")]
    [InlineData("[null]", "element 0")]
    [InlineData("[{\"id\":\"b\",\n\"pins\":5}]", "line 2")]
    public async Task Should_name_the_place_of_a_fault(string content, string place)
    {
        var path = Path.Combine(_store.Folder, "broken.json");
        await File.WriteAllTextAsync(path, content, Cancelled);

        var fault = await Should.ThrowAsync<PeerDiscoveryException>(() => new FilePeerDiscovery(path).GetPeersAsync(Cancelled));

        fault.Message.ShouldContain(place);
        fault.Message.ShouldContain("broken.json");
    }

    [Fact]
    public async Task Should_name_a_file_that_cannot_be_read_or_is_too_large()
    {
        var path = Path.Combine(_store.Folder, "none.json");
        (await Should.ThrowAsync<PeerDiscoveryException>(() => new FilePeerDiscovery(path).GetPeersAsync(Cancelled))).Message.ShouldContain("none.json");

        await File.WriteAllTextAsync(path, new string(' ', (1024 * 1024) + 1), Cancelled);
        (await Should.ThrowAsync<PeerDiscoveryException>(() => new FilePeerDiscovery(path).GetPeersAsync(Cancelled))).Message.ShouldContain("1048577 bytes");
    }

    private static string Peer(string id, int port = 7443, string? pin = null) => $$"""{"id":"{{id}}","address":"https://{{id}}.example:{{port}}","pins":["{{pin ?? FakePeer.Pin}}"]}""";

    private void Write(params string[] peers) => File.WriteAllText(FilePath, $"[{string.Join(",\n", peers)}]");

    private Task<IReadOnlyList<PeerInfo>> ListedAsync(Func<IReadOnlyList<PeerInfo>, bool> wanted) =>
        Eventually.BecomesAsync(() => _scheduler.Manager.ListPeersAsync(Cancelled), wanted, "the peers of the file", Cancelled);
}
