using Causality.Differ.Comparing;
using Causality.Differ.Consumers;
using Causality.Storage;
using Causality.Storage.Log.Reconciling;
using Causality.Storage.Observing;
using MassTransit;

namespace Causality.Differ.Extensions;

/// <summary>The differ as a part of a process: its own, or the embedded operator's.</summary>
public static class DifferModule
{
    /// <summary>Adds comparing and planning.</summary>
    public static IServiceCollection AddDiffer(this IServiceCollection services)
    {
        Instruments.Publish(typeof(DifferMetrics));
        services.AddPlanTables();
        services.AddReconciling();
        services.AddHostedService<SegmentIndexWarmUp>();
        services.AddSingleton<ListFinder>();
        services.AddSingleton<ReconcilingFinder>();
        services.AddSingleton<EntryComparer>();
        services.AddSingleton<UnsharedSegments>();
        services.AddSingleton<ISegmentComparer, SegmentComparer>();
        services.AddSingleton<SyncPlanner>();
        services.AddSingleton<Comparisons>();
        services.AddSingleton<IncomingEntries>();
        services.AddSingleton<DryRun>();
        return services;
    }

    /// <summary>Adds the differ's consumers to the bus.</summary>
    public static void AddDifferConsumers(this IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<CompareSegmentsConsumer>();
        bus.AddConsumer<PlanSyncConsumer>();
    }
}
