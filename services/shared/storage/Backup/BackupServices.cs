using Causality.Storage.Blobs;
using Causality.Storage.Database;
using Causality.Storage.Maintenance;
using Causality.Storage.Native;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Causality.Storage.Backup;

/// <summary>Registers making and restoring backups.</summary>
internal static class BackupServices
{
    public static IServiceCollection AddBackup(this IServiceCollection services)
    {
        services.AddSingleton<DataFolderFiles>();
        services.AddSingleton<IDatabaseSnapshot>(provider => provider.GetRequiredService<IOptions<StorageOptions>>().Value.Provider == DatabaseProvider.PostgreSql
            ? ActivatorUtilities.CreateInstance<PostgresSnapshot>(provider)
            : ActivatorUtilities.CreateInstance<SqliteSnapshot>(provider));
        services.AddSingleton(provider => new LogBackup(
            provider.GetRequiredService<IDatabaseSnapshot>(), provider.GetRequiredService<DataFolderFiles>(), provider.GetRequiredService<ISegmentStore>(),
            provider.GetRequiredService<StoreHold>(), provider.GetRequiredService<IDurability>(), provider.GetRequiredService<TimeProvider>()));
        return services.AddSingleton(provider => new LogRestore(
            provider.GetRequiredService<IDatabaseSnapshot>(), provider.GetRequiredService<DataFolderFiles>(), provider.GetRequiredService<DataFolder>(),
            provider.GetRequiredService<ISegmentStore>(), provider.GetRequiredService<DatabaseMigrator>(), provider.GetRequiredService<IDurability>(), provider.GetRequiredService<TimeProvider>()));
    }
}
