using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Causality.Contracts;
using Causality.Core;
using Causality.Protocol.Identity;
using Causality.Protocol.Server;
using Causality.Protocol.Server.Listeners;
using Causality.Storage.Log;
using Causality.Storage.Log.Reconciling;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Causality.ReconciliationBenchmark;

/// <summary>The peers' door of an operator over a log, with a counted wire before it.</summary>
internal sealed class PeerServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private PeerServer(WebApplication application, OperatorIdentity identity)
    {
        (_application, Identity) = (application, identity);
        var address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        Wire = new CountingRelay(new Uri(address).Port);
    }

    public OperatorIdentity Identity { get; }

    public CountingRelay Wire { get; }

    public PeerEndpoint Endpoint => new() { Id = Identity.OperatorId.Value, Address = $"https://127.0.0.1:{Wire.Port}", Pins = [Identity.Pin] };

    public SegmentIndex Index => _application.Services.GetRequiredService<SegmentIndex>();

    public static OperatorIdentity Identify(string id)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={id}", key, HashAlgorithmName.SHA256);
        return new OperatorIdentity(new OperatorId(id), request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1)));
    }

    public static async Task<PeerServer> StartAsync(ISyncableStorage log)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        var identity = Identify("beta");
        builder.Services.AddSingleton(identity).AddSingleton(log).AddSingleton<IKnownPeers, Everybody>().AddSingleton(TimeProvider.System);
        builder.Services.AddPeerListener(_ => new ListenAddress("https", IPAddress.Loopback, false, 0));
        var application = builder.Build();
        application.UseOperatorHttp();
        application.MapSyncProtocolV1();
        await application.StartAsync();
        var server = new PeerServer(application, identity);
        await server.Index.RefreshAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        Wire.Dispose();
        await _application.DisposeAsync();
        Identity.Dispose();
    }

    private sealed class Everybody : IKnownPeers
    {
        public ValueTask<KnownPeer?> FindByPinAsync(string pin, CancellationToken cancellationToken) => new(new KnownPeer(new OperatorId("alpha")));
    }
}
