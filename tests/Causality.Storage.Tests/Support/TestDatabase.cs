using Causality.Storage;
using Causality.TestKit.Servers;
using Microsoft.Data.Sqlite;

namespace Causality.Storage.Tests.Support;

/// <summary>An empty database of one kind and an empty data folder, gone at dispose.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly PostgresServer? _server;

    private TestDatabase(PostgresServer? server) => _server = server;

    public string Folder { get; } = Directory.CreateTempSubdirectory("causality-storage-").FullName;

    public DatabaseProvider Provider => _server is null ? DatabaseProvider.Sqlite : DatabaseProvider.PostgreSql;

    public string? ConnectionString => _server?.ConnectionString;

    public static async Task<TestDatabase> CreateAsync(DatabaseProvider provider)
    {
        if (provider == DatabaseProvider.Sqlite)
            return new TestDatabase(null);

        Assert.SkipUnless(PostgresServer.IsAvailable, $"{TestServerVariables.Postgres} names no server; run under infra/scripts/with-servers.sh");
        return new TestDatabase(await PostgresServer.CreateAsync(TestContext.Current.CancellationToken));
    }

    public void Configure(StorageOptions options)
    {
        options.Provider = Provider;
        options.ConnectionString = ConnectionString;
        options.DataFolder = Folder;
    }

    public async ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        if (_server is not null)
            await _server.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
