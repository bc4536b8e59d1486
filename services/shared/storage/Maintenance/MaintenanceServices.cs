using Causality.Storage.Backup;
using Causality.Storage.Blobs;
using Causality.Storage.Database;
using Causality.Storage.Log;
using Causality.Storage.Log.Writing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Causality.Storage.Maintenance;

/// <summary>Registers what looks after a store: verify, repair, sweep, back up, restore.</summary>
public static class MaintenanceServices
{
    /// <summary>Has this process look through the whole store by and by, at a slow pace. One process of an operator does.</summary>
    /// <param name="services">The process, with <c>AddCausalityStorage</c>; an <see cref="ISegmentSource"/>, where there is one, is asked for what is found damaged.</param>
    public static IServiceCollection AddScrubbing(this IServiceCollection services)
    {
        services.AddOptions<ScrubOptions>().BindConfiguration(ScrubOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ScrubOptions>, ScrubOptionsValidator>());
        return services.AddHostedService<LogScrubber>();
    }

    internal static IServiceCollection AddMaintenance(this IServiceCollection services)
    {
        services.AddSingleton<StoreHold>();
        services.AddSingleton<OrphanSearch>();
        services.AddSingleton<BlobSweeper>();
        services.AddSingleton<HeadCheck>();
        services.AddSingleton<SegmentCheck>();
        services.AddSingleton<SegmentRepair>();
        services.AddSingleton(provider => new LogVerifier(
            provider.GetRequiredService<SegmentCatalog>(), provider.GetRequiredService<ISegmentStore>(), provider.GetRequiredService<DataFolder>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<HeadCheck>(), provider.GetRequiredService<SegmentCheck>(), provider.GetRequiredService<SegmentRepair>()));
        services.AddSingleton(provider => new GarbageCollector(
            provider.GetRequiredService<BlobSweeper>(), provider.GetRequiredService<ISegmentStore>(), provider.GetRequiredService<OrphanSearch>(), provider.GetRequiredService<TimeProvider>()));
        return services.AddBackup();
    }
}
