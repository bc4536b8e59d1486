using Causality.Messaging;
using Causality.Protocol.Client;
using Causality.Scheduler.Api;
using Causality.Scheduler.Background;
using Causality.Scheduler.Consumers;
using Causality.Scheduler.Dashboard;
using Causality.Scheduler.Data;
using Causality.Scheduler.Discovery;
using Causality.Scheduler.Events;
using Causality.Scheduler.Observing;
using Causality.Scheduler.Options;
using Causality.Scheduler.Peers;
using Causality.Scheduler.Plans;
using Causality.Scheduler.StateMachines;
using Causality.Scheduler.Syncs;
using Causality.ServiceDefaults.Control;
using Causality.Storage;
using Causality.Storage.Database;
using Causality.Storage.Observing;
using MassTransit;
using Microsoft.Extensions.Options;

namespace Causality.Scheduler.Extensions;

/// <summary>The scheduler as a part of a process: its own, or the embedded operator's.</summary>
public static class SchedulerModule
{
    /// <summary>Adds peers, schedule, saga, control API and dashboard.</summary>
    /// <param name="services">The process.</param>
    /// <param name="configuration">Sections <c>Sync</c>, <c>Discovery</c> and <c>Dashboard</c>.</param>
    public static IServiceCollection AddScheduler(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SyncOptions>().Bind(configuration.GetSection(SyncOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SyncOptions>, SyncOptionsValidator>();
        services.AddPeerTables().AddPlanTables();
        services.AddPeerAddressRules();
        services.AddMetrics();
        services.AddSingleton<SchedulerMetrics>();
        services.AddSingleton<IGaugeSource, PeerGauges>();
        services.AddSingleton<IGaugeSource, SagaGauges>();
        services.AddSingleton<IEntityTables, SchedulerTables>();
        services.AddScoped<PublicEvents>();
        services.AddScoped<SyncAdmission>();
        services.AddSingleton<SyncTransitions>();
        services.AddSingleton<SyncRequests>();
        services.AddSingleton<RequestDesk>();
        services.AddHostedService(provider => provider.GetRequiredService<RequestDesk>());
        services.AddSingleton<PeerCatalog>();
        services.AddSingleton<PlanDesk>();
        services.AddScoped<PlanReader>();
        services.AddSingleton<EventFeed>();
        services.AddSingleton<SchedulerSwitch>();
        services.AddSingleton<DueWork>();
        services.AddReceiveEndpointObserver<BrokerReturn>();
        services.AddHostedService<RedriveLoop>();
        services.AddSingleton<BrokerSignal>();
        services.AddSingleton<SyncManager>();
        services.AddHostedService<SchedulerLoop>();
        services.AddPeerDiscovery(configuration);
        services.AddDashboard(configuration);
        return services;
    }

    /// <summary>Adds the scheduler's consumers and saga to the bus.</summary>
    public static void AddSchedulerConsumers(this IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<SyncRequestedConsumer, SyncRequestedConsumerDefinition>();
        bus.AddConsumer<SyncPlannedConsumer>();
        bus.AddCausalitySaga<SyncStateMachine, SyncState>();
    }

    /// <summary>Maps the control API and the dashboard.</summary>
    public static void MapScheduler(this IEndpointRouteBuilder routes)
    {
        routes.MapPeers();
        routes.MapSyncs();
        routes.MapEvents();
        routes.MapPlans();
        routes.MapControlSession();
        routes.MapDashboard();
    }
}
