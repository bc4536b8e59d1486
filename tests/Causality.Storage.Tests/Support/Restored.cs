using Causality.Storage.Backup;
using Causality.Storage.Database;
using Causality.Storage.Maintenance;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Causality.Storage.Tests.Support;

/// <summary>An empty operator, and restoring into it.</summary>
internal sealed class Restored : IAsyncDisposable
{
    private Restored(TestDatabase database) => Database = database;

    public TestDatabase Database { get; }

    public static async Task<Restored> CreateAsync(DatabaseProvider provider) => new(await TestDatabase.CreateAsync(provider));

    public async Task<RestoreReport> RestoreAsync(string folder, string? name = null, bool checkOnly = false, IProgress<MaintenanceProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        await using var services = new ServiceCollection().AddLogging().AddCausalityStorage(Database.Configure).AddPeerTables().BuildServiceProvider();
        return await services.GetRequiredService<LogRestore>().RestoreAsync(folder, name, checkOnly, progress, cancellationToken);
    }

    /// <summary>What a service does first when it starts.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var services = new ServiceCollection().AddLogging().AddCausalityStorage(Database.Configure).BuildServiceProvider();
        await services.GetServices<IHostedService>().OfType<MigrationService>().Single().StartingAsync(cancellationToken);
    }

    public Task<TestStore> OpenAsync() => TestStore.OpenAsync(Database);

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
