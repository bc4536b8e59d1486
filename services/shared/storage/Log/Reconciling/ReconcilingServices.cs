using Causality.Storage.Log.Sharing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Causality.Storage.Log.Reconciling;

/// <summary>Registers what reconciliation asks.</summary>
public static class ReconcilingServices
{
    /// <summary>Adds the index of segments, the sets of entries and the shared parts of the log over <see cref="ISyncableStorage"/>; <c>AddCausalityStorage</c> calls it.</summary>
    public static IServiceCollection AddReconciling(this IServiceCollection services)
    {
        services.TryAddSingleton(provider => new SegmentIndex(provider.GetRequiredService<ISyncableStorage>(), provider.GetService<ILogger<SegmentIndex>>()));
        services.TryAddSingleton(provider => new EntrySets(provider.GetRequiredService<ISyncableStorage>()));
        services.TryAddSingleton(provider => new SharedLogs(provider.GetRequiredService<ISyncableStorage>(), provider.GetRequiredService<SegmentIndex>()));
        return services;
    }
}
