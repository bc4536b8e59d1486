using Causality.Gateway.Api;
using Causality.Gateway.Health;
using Causality.Gateway.Options;
using Causality.Gateway.Peers;
using Causality.Protocol.Identity;
using Causality.Protocol.Server;
using Causality.Protocol.Server.Listeners;
using Causality.ServiceDefaults.Health;
using Causality.Storage;
using Causality.Storage.Log;
using Causality.Storage.Log.Reconciling;
using Microsoft.Extensions.Options;

namespace Causality.Gateway.Extensions;

/// <summary>The gateway as a part of a process: its own, or the embedded operator's.</summary>
public static class GatewayModule
{
    /// <summary>Where the application API answers unless <c>Http:Url</c> says otherwise.</summary>
    public const string DefaultUrl = "http://127.0.0.1:7070";

    /// <summary>Adds both doors, the log's writer, the peers' directory and the gateway's health checks. Needs the store (<c>AddCausalityStorage</c>).</summary>
    /// <param name="services">The process. Reads the sections <c>Gateway</c>, <c>Http</c>, <c>LogWriter</c> and <c>Operator</c>.</param>
    public static IServiceCollection AddGateway(this IServiceCollection services)
    {
        services.AddOptions<GatewayOptions>().BindConfiguration(GatewayOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<GatewayOptions>, GatewayOptionsValidator>();
        services.AddOperatorIdentity().AddIdentityWatch();
        services.AddLogWriter(_ => { });
        services.AddOptions<LogWriterOptions>().BindConfiguration(LogWriterOptions.Section).Configure<IOptions<OperatorOptions>>((writer, self) => writer.Operator = self.Value.Id);
        services.AddPeerTables();
        services.AddLedgerView();
        services.AddSingleton<IKnownPeers, PeerDirectory>();
        services.AddSingleton<IServingPaces, ServingPaces>();
        services.AddSingleton(_ => AppendBody.MakeRoom());
        services.AddHostedService<SegmentIndexWarmUp>();
        services.AddApplicationListener(DefaultUrl);
        services.AddPeerListener(provider => ListenAddress.Parse(provider.GetRequiredService<IOptions<GatewayOptions>>().Value.PeerUrl, "https", "Gateway:PeerUrl"));
        services.AddHealthChecks().AddCheck<FileStoreHealthCheck>("files", tags: [HealthEndpoints.Ready]);
        return services;
    }

    /// <summary>Maps the peer protocol on the peers' door and the application API on the other. Needs <c>UseOperatorHttp</c> in the pipeline.</summary>
    public static void MapGateway(this IEndpointRouteBuilder routes)
    {
        routes.MapSyncProtocolV1();
        routes.MapEntries();
        routes.MapLog();
    }
}
