using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Causality.Contracts.Http;
using Causality.Contracts.Http.Control;
using Causality.Protocol.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Causality.Observability.Tests.Tools;

/// <summary>A peer with a wrong clock and a certificate that does not last; it answers <c>info</c> and nothing else.</summary>
internal sealed class SkewedPeer : IAsyncDisposable
{
    /// <summary>What the operator calls it.</summary>
    public const string Id = "skewed";

    private readonly X509Certificate2 _certificate;
    private readonly WebApplication _app;

    private SkewedPeer(TimeSpan ahead, TimeSpan valid)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        _certificate = new CertificateRequest("CN=skewed", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now + valid);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(_certificate)));
        builder.WebHost.UseKestrelHttpsConfiguration();
        _app = builder.Build();
        _app.MapGet(SyncRoutes.Info, context =>
        {
            context.Response.Headers.Date = (TimeProvider.System.GetUtcNow() + ahead).ToString("R");
            context.Response.ContentType = SyncMediaTypes.Json;
            return context.Response.WriteAsync("{}");
        });
    }

    public static async Task<SkewedPeer> StartAsync(TimeSpan ahead, TimeSpan valid)
    {
        var peer = new SkewedPeer(ahead, valid);
        await peer._app.StartAsync(TestContext.Current.CancellationToken);
        return peer;
    }

    /// <summary>How an operator adds it as a peer.</summary>
    public PeerRequest AsPeer() => new()
    {
        Id = "skewed",
        Address = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single(),
        Pins = [SpkiPin.Of(_certificate)],
    };

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _certificate.Dispose();
    }
}
