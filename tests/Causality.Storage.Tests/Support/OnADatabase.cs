using Microsoft.Extensions.DependencyInjection;

namespace Causality.Storage.Tests.Support;

/// <summary>A situation on a database of its own.</summary>
public abstract class OnADatabase(DatabaseProvider provider) : IAsyncLifetime
{
    private TestDatabase? _database;

    public TestDatabase Database => _database!;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    internal Task<TestStore> OpenAsync(Action<IServiceCollection>? configure = null) => TestStore.OpenAsync(Database, configure);

    public async ValueTask InitializeAsync() => _database = await TestDatabase.CreateAsync(provider);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_database is not null)
            await _database.DisposeAsync();
    }
}
