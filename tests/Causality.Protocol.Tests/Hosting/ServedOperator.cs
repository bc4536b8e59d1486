using Causality.Protocol.Identity;

namespace Causality.Protocol.Tests.Hosting;

/// <summary>A server and a raw client that it knows as a peer; shared by the tests of one class.</summary>
public sealed class ServedOperator : IAsyncLifetime
{
    internal OperatorServer Server { get; private set; } = null!;
    internal OperatorIdentity Peer { get; } = TestIdentities.Make("beta");
    internal HttpClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server = await OperatorServer.StartAsync();
        Server.Know(Peer);
        Client = RawClient.To(Server.PeerAddress, Peer.Certificate);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
        Peer.Dispose();
    }
}
