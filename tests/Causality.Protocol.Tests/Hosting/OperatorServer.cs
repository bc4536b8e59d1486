using System.Globalization;
using System.Net;
using Causality.Contracts;
using Causality.Protocol.Identity;
using Causality.Protocol.Server;
using Causality.Protocol.Server.Listeners;
using Causality.Storage.Log;
using Causality.TestKit.Fakes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Causality.Protocol.Tests.Hosting;

/// <summary>The server side of the protocol on a real Kestrel with real TLS, over a log in memory.</summary>
internal sealed class OperatorServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private OperatorServer(WebApplication application, OperatorIdentity identity, InMemoryLog log, FixedPeers peers) =>
        (_application, Identity, Log, Peers) = (application, identity, log, peers);

    public OperatorIdentity Identity { get; }
    public InMemoryLog Log { get; }
    public FixedPeers Peers { get; }

    /// <summary>The peers' door.</summary>
    public Uri PeerAddress => Address("https");

    /// <summary>The applications' door.</summary>
    public Uri ApplicationAddress => Address("http");

    public PeerEndpoint Endpoint => new() { Id = Identity.OperatorId.Value, Address = PeerAddress.GetLeftPart(UriPartial.Authority), Pins = [Identity.Pin] };

    /// <param name="id">Operator id.</param>
    /// <param name="map">More routes.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <param name="settings">Configuration.</param>
    public static async Task<OperatorServer> StartAsync(string id = "alpha", Action<WebApplication>? map = null, TimeProvider? time = null, params (string Name, object Value)[] settings)
    {
        var (identity, log, peers) = (TestIdentities.Make(id), new InMemoryLog(id), new FixedPeers());
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)string.Create(CultureInfo.InvariantCulture, $"{setting.Value}"))));
        builder.Services.AddSingleton(identity).AddSingleton<ISyncableStorage>(log).AddSingleton<IKnownPeers>(peers).AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddApplicationListener("http://127.0.0.1:0");
        builder.Services.AddPeerListener(_ => new ListenAddress("https", IPAddress.Loopback, false, 0));
        var application = builder.Build();
        application.UseOperatorHttp();
        application.MapSyncProtocolV1();
        application.MapGet("/health/live", () => "live");
        map?.Invoke(application);
        await application.StartAsync();
        return new OperatorServer(application, identity, log, peers);
    }

    public void Know(OperatorIdentity peer, PeerPermissions permissions = PeerPermissions.Read | PeerPermissions.Write | PeerPermissions.Resolve) =>
        Peers.ByPin[peer.Pin] = new KnownPeer(peer.OperatorId, permissions);

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        Identity.Dispose();
    }

    private Uri Address(string scheme) => new(_application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses
        .Single(address => address.StartsWith(scheme + ":", StringComparison.Ordinal)));
}
