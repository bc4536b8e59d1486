using Causality.Contracts;
using Causality.Protocol.Client;
using Causality.Protocol.Identity;
using Causality.Protocol.Tests.Hosting;
using Causality.Storage.Log;

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
}
