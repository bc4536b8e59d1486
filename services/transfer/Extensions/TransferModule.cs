using Causality.Protocol.Repair;
using Causality.Storage;
using Causality.Storage.Maintenance;
using Causality.Storage.Observing;
using Causality.Transfer.Consumers;
using Causality.Transfer.Options;
using Causality.Transfer.Pacing;
using Causality.Transfer.Pulling;
using Causality.Transfer.Pushing;
using MassTransit;
using Microsoft.Extensions.Options;

namespace Causality.Transfer.Extensions;

/// <summary>Transfer as a part of a process: its own, or the embedded operator's.</summary>
public static class TransferModule
{
    /// <summary>Adds pulling and pushing.</summary>
    public static IServiceCollection AddTransfer(this IServiceCollection services)
    {
        Instruments.Publish(typeof(TransferMetrics));
        services.AddPlanTables();
        services.AddOptions<TransferOptions>().BindConfiguration(TransferOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<TransferOptions>, TransferOptionsValidator>();
        services.AddSingleton<PeerPaces>();
        services.AddSingleton<StagedPull>();
        services.AddSingleton<PlanPuller>();
        services.AddSingleton<PlanPusher>();
        services.AddSingleton<PlanShare>();
        services.AddRepairFromPeers();
        services.AddScrubbing();
        return services;
    }

    /// <summary>Adds transfer's consumers to the bus.</summary>
    public static void AddTransferConsumers(this IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<TransferSegmentsConsumer>();
        bus.AddConsumer<StopSyncWorkConsumer>();
    }
}
