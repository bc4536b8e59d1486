using Causality.Core;
using Causality.Storage.Blobs;
using Causality.Storage.Database;
using Causality.Storage.Log;
using Causality.Storage.Log.Index;
using Causality.Storage.Log.Writing;
using Microsoft.Extensions.DependencyInjection;

namespace Causality.Storage.Tests.Support;

/// <summary>The store as a service opens it, migrated; several may be open on one database, like several services.</summary>
internal sealed class TestStore : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private TestStore(ServiceProvider services) => _services = services;

    public ISyncableStorage Log => Get<ISyncableStorage>();

    public ILogWriter Writer => Get<ILogWriter>();

    public EntryIndex Index => Get<EntryIndex>();

    public ISegmentStore Blobs => Get<ISegmentStore>();

    public static Task<TestStore> OpenAsync(TestDatabase database, Action<IServiceCollection>? configure = null) => OpenAsync(database.Configure, configure);

    public static async Task<TestStore> OpenAsync(Action<StorageOptions> options, Action<IServiceCollection>? configure = null)
    {
        var services = new ServiceCollection().AddLogging();
        // First, so that fakes come before the defaults.
        configure?.Invoke(services);
        services.AddCausalityStorage(options).AddPlanTables().AddPeerTables();
        // Publishing happens when a test says so.
        services.AddLogWriter(writer => (writer.Operator, writer.PublishDelay) = ("alpha", TimeSpan.FromHours(1)));
        var store = new TestStore(services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true }));
        await store.Get<DatabaseMigrator>().MigrateAsync(TestContext.Current?.CancellationToken ?? default);
        return store;
    }

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public async Task<List<LogEntry>> ReadAsync(LogQuery? query = null)
    {
        var entries = new List<LogEntry>();
        await foreach (var entry in Log.ReadAsync(query ?? new LogQuery(), TestContext.Current.CancellationToken))
            entries.Add(entry);
        return entries;
    }

    /// <summary>Ends as a killed process does: the journals stay, unlocked.</summary>
    public void Crash() => Get<SegmentPublisher>().Abandon();

    /// <summary>Ends as a service does: stops, then lets go.</summary>
    public async ValueTask DisposeAsync()
    {
        await Get<LogWriter>().StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
    }
}
