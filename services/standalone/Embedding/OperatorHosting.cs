using Causality.ConflictResolver.Extensions;
using Causality.Differ.Extensions;
using Causality.Gateway.Extensions;
using Causality.Messaging;
using Causality.Protocol.Client;
using Causality.Protocol.Identity;
using Causality.Protocol.Server;
using Causality.Protocol.Server.Listeners;
using Causality.Scheduler.Dashboard;
using Causality.Scheduler.Extensions;
using Causality.ServiceDefaults;
using Causality.ServiceDefaults.Health;
using Causality.ServiceDefaults.Telemetry;
using Causality.Storage;
using Causality.Transfer.Extensions;
using MassTransit;

namespace Causality.Standalone.Embedding;

/// <summary>All five services in one process: in-memory transport, SQLite and a folder, unless configured otherwise.</summary>
public static class OperatorHosting
{
    /// <summary>Where the embedded form's application and control API listen by default.</summary>
    public const string DefaultUrl = "http://127.0.0.1:7070";

    /// <summary>Adds an operator to an application.</summary>
    /// <param name="builder">The application; sections <c>Operator</c>, <c>Storage</c>, <c>Bus</c>, <c>Http</c>, <c>Gateway</c>, <c>Sync</c>, <c>Conflicts</c> and <c>Discovery</c> are read.</param>
    /// <param name="configure">Settings in code; they win over configuration.</param>
    /// <remarks>Options are validated when the application starts; every fault is named. Afterwards <see cref="Causality.Scheduler.SyncManager"/> and <c>ILogStorage</c> are services.</remarks>
    public static WebApplicationBuilder AddCausalityOperator(this WebApplicationBuilder builder, Action<CausalityOperatorOptions>? configure = null)
    {
        var options = new CausalityOperatorOptions();
        configure?.Invoke(options);
        builder.Configuration.AddInMemoryCollection(ToConfiguration(options));

        builder.AddServiceDefaults(ServiceNames.Standalone);
        builder.Services.AddOperatorIdentity();
        builder.Services.AddApplicationListener(DefaultUrl);
        builder.Services.AddSyncProtocolClient();
        builder.Services.AddScheduler(builder.Configuration);
        builder.Services.AddDiffer();
        builder.Services.AddTransfer();
        builder.Services.AddConflictResolver();
        builder.Services.AddGateway();
        builder.Services.PostConfigure<DashboardOptions>(dashboard => dashboard.IsWholeOperator = true);
        if (options.Sync is not null)
            builder.Services.PostConfigure(options.Sync);
        builder.Services.AddCausalityBus(builder.Configuration, bus =>
        {
            bus.AddSchedulerConsumers();
            bus.AddDifferConsumers();
            bus.AddTransferConsumers();
            bus.AddConflictResolverConsumers();
        });
        return builder;
    }

    /// <summary>Maps the operator's routes: control API, application API, peer protocol, health.</summary>
    public static WebApplication UseCausalityOperator(this WebApplication app)
    {
        // The bus is made below, for its health check, and would log where the first operator made in this flow of execution does: a process that
        // disposes one and makes another would meet a disposed logger.
        LogContext.ConfigureCurrentLogContext(app.Services.GetRequiredService<ILoggerFactory>());
        var routes = app.UseServiceDefaults();
        routes.MapScheduler();
        routes.MapConflictResolver();
        routes.MapGateway();
        return app;
    }

    private static Dictionary<string, string?> ToConfiguration(CausalityOperatorOptions options)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal);
        Set("Operator:Id", options.Id);
        Set("Storage:DataFolder", options.DataFolder);
        Set("Http:Url", options.Url);
        Set("Http:ControlUrl", options.ControlUrl);
        Set("Gateway:PeerUrl", options.PeerUrl);
        return settings;

        void Set(string key, string? value)
        {
            if (value is not null)
                settings[key] = value;
        }
    }
}
