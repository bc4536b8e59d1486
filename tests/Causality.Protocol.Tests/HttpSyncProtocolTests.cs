using Causality.Contracts;
using Causality.Core;
using Causality.Protocol.Client;
using Causality.Protocol.Identity;
using Causality.Protocol.Tests.Hosting;
using Causality.Storage.Log;
using Causality.TestKit.Fakes;

namespace Causality.Protocol.Tests;

/// <summary>The contract over HTTP and mutual TLS, with pages small enough to need many.</summary>
public sealed class HttpSyncProtocolTests : SyncProtocolContract, IAsyncLifetime
{
    private readonly OperatorIdentity _identity = TestIdentities.Make("beta");
    private OperatorServer _server = null!;
    private HttpSyncProtocol _protocol = null!;

    protected override ISyncProtocol Protocol => _protocol;
    protected override PeerEndpoint Peer => _server.Endpoint;
    protected override ISyncableStorage PeerLog => _server.Log;

    public async ValueTask InitializeAsync()
    {
        _server = await OperatorServer.StartAsync();
        _server.Know(_identity);
        _protocol = new HttpSyncProtocol(_identity, new HttpSyncProtocolOptions { PageSize = 10 }, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        _protocol.Dispose();
        await _server.DisposeAsync();
        _identity.Dispose();
    }

    [Fact]
    public async Task A_limit_of_the_wire_counts_what_crosses_the_wire()
    {
        var segment = Samples.Segment("one", 0, 500);
        await PeerLog.ImportSegmentAsync(segment, TestContext.Current.CancellationToken);
        var (plain, compressed) = (await PassedAsync(segment, compressed: false), await PassedAsync(segment, compressed: true));

        plain.ShouldBeGreaterThanOrEqualTo(segment.Content.Length);
        compressed.ShouldBeInRange(1, segment.Content.Length / 2);
    }

    private async Task<long> PassedAsync(LogSegment segment, bool compressed)
    {
        var pace = new CountingPace();
        var fetched = await _protocol.FetchSegmentsAsync(Peer, [new(segment.Metadata)], new FetchOptions { Compressed = compressed, Pace = pace }, TestContext.Current.CancellationToken).SingleAsync(TestContext.Current.CancellationToken);
        fetched.Segment!.Metadata.ShouldBe(segment.Metadata);
        return pace.Bytes;
    }

    private sealed class CountingPace : ITransferPace
    {
        public long Bytes { get; private set; }

        public ValueTask TakeAsync(int bytes, CancellationToken cancellationToken)
        {
            Bytes += bytes;
            return ValueTask.CompletedTask;
        }
    }
}
