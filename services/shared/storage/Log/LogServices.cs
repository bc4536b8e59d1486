using Causality.Core;
using Causality.Storage.Database;
using Causality.Storage.Log.Index;
using Causality.Storage.Log.Reading;
using Causality.Storage.Log.Reconciling;
using Causality.Storage.Log.Writing;
using Causality.Storage.Maintenance;
using Causality.Storage.Observing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Causality.Storage.Log;

/// <summary>Registers the log's rooms.</summary>
public static class LogServices
{
    /// <summary>Lets this process append to the log. Several processes may, each to its own segments.</summary>
    /// <param name="services">The application's services, with <c>AddCausalityStorage</c>.</param>
    /// <param name="operatorId">Who writes.</param>
    public static IServiceCollection AddLogWriter(this IServiceCollection services, OperatorId operatorId) =>
        services.AddLogWriter(options => options.Operator = operatorId.Value);

    /// <summary>The same with all options.</summary>
    /// <param name="services">The application's services, with <c>AddCausalityStorage</c>.</param>
    /// <param name="configure">Sets the options; they are checked at start.</param>
    public static IServiceCollection AddLogWriter(this IServiceCollection services, Action<LogWriterOptions> configure)
    {
        services.AddOptions<LogWriterOptions>().Configure(configure).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<LogWriterOptions>, LogWriterOptionsValidator>());
        services.AddSingleton<JournalAdoption>();
        services.AddSingleton<SegmentPublisher>();
        services.AddSingleton<LogWriter>();
        services.AddSingleton<ILogWriter>(provider => provider.GetRequiredService<LogWriter>());
        services.AddHostedService(provider => provider.GetRequiredService<LogWriter>());
        services.AddMetrics();
        services.AddSingleton<IGaugeSource, StoreGauges>();
        return services.AddHostedService<LogMaintenance>();
    }

    internal static IServiceCollection AddLog(this IServiceCollection services)
    {
        services.AddSingleton<DatabaseAccess>();
        services.AddSingleton<SegmentCatalog>();
        services.AddSingleton<SegmentContents>();
        services.AddSingleton<SegmentImporter>();
        services.AddSingleton(provider => new EntryIndex(
            provider.GetRequiredService<SegmentCatalog>(), provider.GetRequiredService<SegmentContents>(), provider.GetRequiredService<ILogger<EntryIndex>>()));
        services.AddSingleton<PendingEntries>();
        services.AddSingleton<AppendChecker>();
        services.TryAddSingleton<IViewRule, LatestWinsView>();
        services.AddSingleton<LogReader>();
        services.AddSingleton<EntryFinder>();
        services.AddSingleton<LogStore>();
        services.AddSingleton<ISyncableStorage>(provider => provider.GetRequiredService<LogStore>());
        services.AddSingleton<ILogStorage>(provider => provider.GetRequiredService<LogStore>());
        services.AddReconciling();
        return services.AddMaintenance();
    }
}
