using Causality.ConflictResolver.Consumers;
using Causality.ConflictResolver.Ledger;
using Causality.ConflictResolver.Resolving;
using Causality.Storage;
using Causality.Storage.Database;
using MassTransit;

namespace Causality.ConflictResolver.Extensions;

/// <summary>The conflict-resolver as a part of a process: its own, or the embedded operator's.</summary>
public static class ConflictResolverModule
{
    /// <summary>Adds detection, decision and the ledger.</summary>
    public static IServiceCollection AddConflictResolver(this IServiceCollection services)
    {
        services.AddPlanTables();
        services.AddSingleton<IEntityTables, LedgerTables>();
        services.AddSingleton<ConflictFinder>();
        return services;
    }

    /// <summary>Adds the conflict-resolver's consumer to the bus.</summary>
    public static void AddConflictResolverConsumers(this IBusRegistrationConfigurator bus) => bus.AddConsumer<ResolveConflictsConsumer>();
}
