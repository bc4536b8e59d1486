using Causality.Scheduler.Discovery;
using Causality.Scheduler.Tests.Hosting;
using Causality.TestKit.Operators;
using DnsClient;

namespace Causality.Scheduler.Tests.Discovery;

public sealed class When_peers_are_named_elsewhere
{
    private const string Name = "_causality._tcp.example.org";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Configuration_adds_its_peers()
    {
        await using var store = await OperatorStore.CreateAsync(Backend.Embedded);
        await using var scheduler = await SchedulerHost.StartAsync(store, new Dictionary<string, string?>
        {
            ["Discovery:Peers:0:Id"] = "beta",
            ["Discovery:Peers:0:Address"] = "https://beta.example:7443",
            ["Discovery:Peers:0:Pins:0"] = FakePeer.Pin,
        });

        var peers = await Eventually.BecomesAsync(() => scheduler.Manager.ListPeersAsync(Cancelled), all => all.Count == 1, "the configured peer", Cancelled);

        (peers[0].PeerId, peers[0].Address, peers[0].Pins[0]).ShouldBe(("beta", "https://beta.example:7443", FakePeer.Pin));
    }

    [Fact]
    public async Task Dns_adds_the_peers_of_its_service_records()
    {
        await using var dns = new DnsServer();
        dns.AddService(Name, "beta.example.org", 7443);
        dns.AddService(Name, "gamma.example.org", 8443);
        dns.AddText("beta.example.org", "v=spf1 -all");
        dns.AddText("beta.example.org", $"causality id=beta pin={FakePeer.Pin}");
        dns.AddText("gamma.example.org", $"causality id=gamma pin={FakePeer.Pin} pin={new string('c', 64)}");
        await using var store = await OperatorStore.CreateAsync(Backend.Embedded);
        await using var scheduler = await SchedulerHost.StartAsync(store, new Dictionary<string, string?> { ["Discovery:DnsName"] = Name, ["Discovery:DnsServer"] = dns.Address });

        var peers = await Eventually.BecomesAsync(() => scheduler.Manager.ListPeersAsync(Cancelled), all => all.Count == 2, "the peers of the zone", Cancelled);

        peers.Select(peer => (peer.PeerId, peer.Address, peer.Pins.Count)).ShouldBe([("beta", "https://beta.example.org:7443", 1), ("gamma", "https://gamma.example.org:8443", 2)]);
    }

    [Fact]
    public async Task Dns_without_the_name_is_named()
    {
        await using var dns = new DnsServer();

        var fault = await Should.ThrowAsync<PeerDiscoveryException>(() => Discovery(dns).GetPeersAsync(Cancelled));

        fault.Message.ShouldContain(Name);
    }

    [Fact]
    public async Task Dns_with_a_text_that_is_not_understood_names_target_and_part()
    {
        await using var dns = new DnsServer();
        dns.AddService(Name, "beta.example.org", 7443);
        dns.AddText("beta.example.org", "causality id=beta colour=blue");

        var fault = await Should.ThrowAsync<PeerDiscoveryException>(() => Discovery(dns).GetPeersAsync(Cancelled));

        fault.Message.ShouldContain("beta.example.org");
        fault.Message.ShouldContain("colour=blue");
    }

    [Fact]
    public async Task Dns_settings_that_are_no_address_keep_the_process_from_starting()
    {
        await using var store = await OperatorStore.CreateAsync(Backend.Embedded);

        var fault = await Should.ThrowAsync<Exception>(() => SchedulerHost.StartAsync(store, new Dictionary<string, string?> { ["Discovery:DnsServer"] = "not an address" }));

        fault.Message.ShouldContain("Discovery:DnsServer");
    }

    private static DnsPeerDiscovery Discovery(DnsServer server)
    {
        var settings = new LookupClientOptions(System.Net.IPEndPoint.Parse(server.Address)) { ThrowDnsErrors = true, Timeout = TimeSpan.FromSeconds(5) };
        return new DnsPeerDiscovery(Name, new LookupClient(settings));
    }
}
