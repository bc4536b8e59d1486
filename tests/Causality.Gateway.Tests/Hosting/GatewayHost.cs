using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Causality.Gateway.Extensions;
using Causality.Protocol.Identity;
using Causality.Protocol.Server;
using Causality.ServiceDefaults;
using Causality.ServiceDefaults.Health;
using Causality.Storage;
using Causality.Storage.Database;
using Causality.Storage.Database.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Causality.Gateway.Tests.Hosting;

/// <summary>A gateway as its process composes it, over SQLite and a folder of its own, on free ports.</summary>
internal sealed class GatewayHost : IAsyncDisposable
{
    private readonly string _folder;
    private readonly WebApplication _application;

    private GatewayHost(string folder, WebApplication application)
    {
        (_folder, _application) = (folder, application);
        Applications = new HttpClient { BaseAddress = Address("http:") };
    }

    /// <summary>A client of the applications' door.</summary>
    public HttpClient Applications { get; }

    public IServiceProvider Services => _application.Services;

    public OperatorIdentity Identity => Services.GetRequiredService<OperatorIdentity>();

    public string Folder => _folder;

    /// <param name="time">The clock; null for the system's.</param>
    /// <param name="settings">More configuration.</param>
    public static Task<GatewayHost> StartAsync(TimeProvider? time = null, params (string Name, string Value)[] settings) => StartAsync(null, time, settings);

    /// <param name="log">Hears everything that is logged; null for nobody.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <param name="settings">More configuration.</param>
    public static async Task<GatewayHost> StartAsync(ILoggerProvider? log, TimeProvider? time, params (string Name, string Value)[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("gateway-").FullName;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Operator:Id"] = "alpha",
            ["Storage:DataFolder"] = folder,
            ["Http:Url"] = "http://127.0.0.1:0",
            ["Gateway:PeerUrl"] = "https://127.0.0.1:0",
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)));
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.AddServiceDefaults(ServiceNames.Gateway);
        builder.Logging.ClearProviders();
        if (log is not null)
            builder.Logging.SetMinimumLevel(LogLevel.Debug).AddProvider(log);
        builder.Services.AddGateway();
        var application = builder.Build();
        application.UseServiceDefaults().MapGateway();
        await application.StartAsync();
        return new GatewayHost(folder, application);
    }

    public HttpClient Peers(X509Certificate2? certificate)
    {
        var tls = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, _) => true };
        if (certificate is not null)
            tls.ClientCertificateContext = SslStreamCertificateContext.Create(certificate, null, offline: true);
        return new HttpClient(new SocketsHttpHandler { SslOptions = tls }) { BaseAddress = Address("https:") };
    }

    public async Task ChangePeersAsync(Func<DbSet<PeerRecord>, Task> change)
    {
        await using var database = await Services.GetRequiredService<IDbContextFactory<CausalityDbContext>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        await change(database.Set<PeerRecord>());
        await database.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Applications.Dispose();
        await _application.StopAsync();
        await _application.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private Uri Address(string scheme) => new(_application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses
        .Single(address => address.StartsWith(scheme, StringComparison.Ordinal)));
}
