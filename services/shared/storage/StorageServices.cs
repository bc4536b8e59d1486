using Causality.Storage.Blobs;
using Causality.Storage.Blobs.S3;
using Causality.Storage.Database;
using Causality.Storage.Database.EntityConfigurations;
using Causality.Storage.Log;
using Causality.Storage.Native;
using Causality.Storage.Observing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Causality.Storage;

/// <summary>Registers the store.</summary>
public static class StorageServices
{
    /// <summary>Registers the log, the blobs, the database (with the log's and the bus's tables) and the migration at start.</summary>
    /// <param name="services">The application's services; call once.</param>
    /// <param name="configure">Sets the options; they are checked at start, every fault named.</param>
    public static IServiceCollection AddCausalityStorage(this IServiceCollection services, Action<StorageOptions> configure)
    {
        services.AddOptions<StorageOptions>().Configure(configure).ValidateOnStart();
        return services.AddStorage();
    }

    /// <summary>The same with options from a configuration section.</summary>
    /// <param name="services">The application's services; call once.</param>
    /// <param name="section">The section <see cref="StorageOptions.Section"/>.</param>
    public static IServiceCollection AddCausalityStorage(this IServiceCollection services, IConfiguration section)
    {
        services.AddOptions<StorageOptions>().Bind(section).ValidateOnStart();
        return services.AddStorage();
    }

    /// <summary>Adds tables to this process's model; a room is added once however often it is named.</summary>
    public static IServiceCollection AddEntityTables<TTables>(this IServiceCollection services) where TTables : class, IEntityTables
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IEntityTables, TTables>());
        return services;
    }

    /// <summary>Adds the plans of syncs (<c>plan.segments</c>).</summary>
    public static IServiceCollection AddPlanTables(this IServiceCollection services) => services.AddEntityTables<PlanTables>();

    /// <summary>Adds the peers (<c>scheduler.peers</c>).</summary>
    public static IServiceCollection AddPeerTables(this IServiceCollection services) => services.AddEntityTables<PeerTables>();

    /// <summary>Has this process show what the conflict ledger has decided, instead of the latest version of every id.</summary>
    public static IServiceCollection AddLedgerView(this IServiceCollection services)
    {
        services.AddEntityTables<ViewTables>();
        services.Replace(ServiceDescriptor.Singleton<IViewRule, LedgerView>());
        return services;
    }

    private static IServiceCollection AddStorage(this IServiceCollection services)
    {
        Instruments.Publish(typeof(StorageMetrics));
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<StorageOptions>, StorageOptionsValidator>());
        services.AddEntityTables<LogTables>().AddEntityTables<BusTables>();
        services.AddSingleton(provider => Options(provider) is var options ? new TableNames(options.Provider, options.ServiceName) : null!);
        services.AddDbContextFactory<CausalityDbContext>(UseDatabase);
        services.AddSingleton<DatabaseMigrator>();
        services.AddHostedService<MigrationService>();

        services.TryAddSingleton<IDurability, LinuxDurability>();
        services.AddSingleton<DataFolder>();
        services.AddSingleton<BlobBatchWriter>();
        services.AddSingleton<S3Bucket>();
        services.TryAddSingleton<ISegmentStore>(provider => Options(provider).Store == SegmentStoreKind.S3
            ? ActivatorUtilities.CreateInstance<S3SegmentStore>(provider)
            : ActivatorUtilities.CreateInstance<FolderSegmentStore>(provider));
        return services.AddLog();
    }

    private static StorageOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<StorageOptions>>().Value;

    private static void UseDatabase(IServiceProvider provider, DbContextOptionsBuilder builder)
    {
        var options = Options(provider);
        if (options.Provider == DatabaseProvider.PostgreSql)
            builder.UseNpgsql(PostgresSettings.WithDefaults(options.ConnectionString!));
        else
            builder.UseSqlite(SqliteConnectionString(options)).AddInterceptors(Pragmas);

        builder.ReplaceService<IModelCacheKeyFactory, RoomModelCacheKeyFactory>();
    }

    private static readonly SqliteSettings Pragmas = new();

    private static string SqliteConnectionString(StorageOptions options)
    {
        var text = new SqliteConnectionStringBuilder(options.ConnectionString ?? "");
        if (text.DataSource.Length == 0)
            text.DataSource = Path.Combine(Path.GetFullPath(options.DataFolder), "causality.db");
        return text.ConnectionString;
    }
}
