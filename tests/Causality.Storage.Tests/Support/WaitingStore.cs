using Causality.Storage.Database;
using Microsoft.Extensions.DependencyInjection;

namespace Causality.Storage.Tests.Support;

/// <summary>A service whose role may not migrate.</summary>
internal sealed class WaitingStore : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private WaitingStore(ServiceProvider services)
    {
        _services = services;
        Migrating = services.GetRequiredService<DatabaseMigrator>().MigrateAsync(TestContext.Current.CancellationToken);
    }

    public Task Migrating { get; }

    public static Task<WaitingStore> StartAsync(TestDatabase database, Action<StorageOptions>? configure = null) =>
        Task.FromResult(new WaitingStore(new ServiceCollection().AddLogging().AddCausalityStorage(options =>
        {
            database.Configure(options);
            options.MigrateAtStart = false;
            configure?.Invoke(options);
        }).BuildServiceProvider()));

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
