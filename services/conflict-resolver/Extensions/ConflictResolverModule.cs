using Causality.ConflictResolver.Api;
using Causality.ConflictResolver.Background;
using Causality.ConflictResolver.Consumers;
using Causality.ConflictResolver.Ledger;
using Causality.ConflictResolver.Options;
using Causality.ConflictResolver.Resolving;
using Causality.ConflictResolver.Strategies;
using Causality.Storage;
using Causality.Storage.Database;
using MassTransit;
using Microsoft.Extensions.Options;

namespace Causality.ConflictResolver.Extensions;

/// <summary>The conflict-resolver as a part of a process: its own, or the embedded operator's.</summary>
public static class ConflictResolverModule
{
    /// <summary>Adds detection, decision and the ledger.</summary>
    /// <param name="services">The process. Reads the section <c>Conflicts</c>. An <see cref="Core.IConflictStrategy"/> registered beside it can be selected by its name.</param>
    public static IServiceCollection AddConflictResolver(this IServiceCollection services)
    {
        services.AddOptions<ConflictOptions>().BindConfiguration(ConflictOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ConflictOptions>, ConflictOptionsValidator>();
        services.AddMetrics();
        services.AddLedgerView();
        services.AddSingleton<IEntityTables, LedgerTables>();
        services.AddSingleton<StrategyShelf>();
        services.AddSingleton<ConflictMetrics>();
        services.AddSingleton<TimestampScan>();
        services.AddSingleton<ConflictScan>();
        services.AddSingleton<ConflictJudge>();
        services.AddSingleton<ConflictResolution>();
        services.AddSingleton<ConflictForecast>();
        services.AddSingleton<ConflictDesk>();
        services.AddSingleton<ConflictDescriber>();
        services.AddHostedService<ResolverLoop>();
        return services;
    }

    /// <summary>Adds the conflict-resolver's consumers to the bus.</summary>
    public static void AddConflictResolverConsumers(this IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<ResolveConflictsConsumer>();
        bus.AddConsumer<ConflictDecidedConsumer>();
        bus.AddConsumer<CountConflictsConsumer>();
    }

    /// <summary>Maps the control API for conflicts.</summary>
    public static void MapConflictResolver(this IEndpointRouteBuilder routes) => routes.MapConflicts();
}
