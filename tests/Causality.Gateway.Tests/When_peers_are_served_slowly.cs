using Causality.Contracts;
using Causality.Core;
using Causality.Gateway.Options;
using Causality.Gateway.Tests.Hosting;
using Causality.Protocol;
using Causality.Protocol.Client;
using Causality.Protocol.Identity;
using Causality.Protocol.Pacing;
using Causality.Protocol.Server;
using Causality.Storage.Database.Records;
using Causality.Storage.Log;
using Microsoft.Extensions.DependencyInjection;
using static Causality.Gateway.Tests.Hosting.Answers;

namespace Causality.Gateway.Tests;

public sealed class When_peers_are_served_slowly : IAsyncDisposable
{
    private const int BytesPerSecond = 40_000;
    private readonly string _folder = Directory.CreateTempSubdirectory("peer-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_limited_peer_waits_for_its_bytes_and_gets_all_of_them()
    {
        using var identity = new IdentityFolder(_folder, TimeProvider.System).LoadOrCreate(new OperatorId("beta"));
        await using var host = await GatewayHost.StartAsync(null, ("Gateway:BandwidthBytesPerSecond", $"{BytesPerSecond}"));
        await host.ChangePeersAsync(async peers => await peers.AddAsync(new PeerRecord { Id = "beta", Address = "https://127.0.0.1:1", Pins = identity.Pin }, Token));
        var segment = LogSegment.FromEntries(new SegmentId("large"), new OperatorId("alpha"), Enumerable.Range(0, 1_000).Select(number => LogEntry.Create($"entry-{number}", number, EntryType.Fact, "{\"padding\":\"abcdefghijklmnopqrstuvwxyz\"}"u8)));
        await host.Services.GetRequiredService<ISyncableStorage>().ImportSegmentAsync(segment, Token);
        using var protocol = new HttpSyncProtocol(identity, new HttpSyncProtocolOptions(), TimeProvider.System);
        var endpoint = new PeerEndpoint { Id = "alpha", Address = (await host.Applications.GetAsync("/v1/identity", Token).JsonAsync()).GetProperty("peer_url").GetString()!, Pins = [host.Identity.Pin] };

        var began = TimeProvider.System.GetTimestamp();
        var fetched = await protocol.FetchSegmentsAsync(endpoint, [new SegmentWish(segment.Metadata)], new FetchOptions { Compressed = false }, Token).ToListAsync(Token);

        fetched.Single().Segment!.Metadata.ContentHash.ShouldBe(segment.Metadata.ContentHash);
        // Never earlier: how much later is the machine's business.
        TimeProvider.System.GetElapsedTime(began).TotalSeconds.ShouldBeGreaterThan(0.8 * segment.Content.Length / BytesPerSecond);
    }

    [Fact]
    public async Task Windows_name_whom_they_limit_and_go_before_the_general_limit()
    {
        await using var host = await GatewayHost.StartAsync(null, ("Gateway:Bandwidth:0:Peer", "beta"), ("Gateway:Bandwidth:0:BytesPerSecond", "5000"));
        var paces = host.Services.GetRequiredService<IServingPaces>();

        paces.Of(new OperatorId("beta")).ShouldNotBeNull().ShouldBeSameAs(paces.Of(new OperatorId("beta")), "one bucket, whatever the connections");
        paces.Of(new OperatorId("gamma")).ShouldBeNull();
    }

    [Fact]
    public void Limits_that_make_no_sense_are_named()
    {
        var result = new GatewayOptionsValidator().Validate(null, new GatewayOptions { BandwidthBytesPerSecond = 5, Bandwidth = [new BandwidthWindow { BytesPerSecond = -1 }] });

        result.Failures!.ShouldContain(failure => failure.Contains("Gateway:BandwidthBytesPerSecond is 5"));
        result.Failures!.ShouldContain(failure => failure.Contains("Gateway:Bandwidth:0:BytesPerSecond is -1"));
    }
}
