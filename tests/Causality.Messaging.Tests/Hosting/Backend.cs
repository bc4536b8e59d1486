using Causality.Storage;
using Causality.TestKit.Servers;

namespace Causality.Messaging.Tests.Hosting;

/// <summary>A database and a transport of a test's own, gone with it.</summary>
internal sealed class Backend : IAsyncDisposable
{
    private PostgresServer? _postgres;
    private RabbitMqServer? _rabbit;

    /// <summary>The two pairs that the product runs on; real servers are skipped where none is named.</summary>
    public static TheoryData<string> All { get; } = [Embedded, Servers];

    public const string Embedded = "in-memory + SQLite";

    public const string Servers = "RabbitMQ + PostgreSQL";

    public string Folder { get; } = Directory.CreateTempSubdirectory("causality-messaging-").FullName;

    public RabbitMqServer Broker => _rabbit ?? throw new InvalidOperationException("This backend has no broker.");

    public static async Task<Backend> CreateAsync(string kind)
    {
        var backend = new Backend();
        if (kind != Servers)
            return backend;
        Assert.SkipUnless(PostgresServer.IsAvailable && RabbitMqServer.IsAvailable, "No PostgreSQL and RabbitMQ named; run infra/scripts/with-servers.sh.");
        backend._postgres = await PostgresServer.CreateAsync(TestContext.Current.CancellationToken);
        backend._rabbit = await RabbitMqServer.CreateAsync(TestContext.Current.CancellationToken);
        return backend;
    }

    public void Configure(StorageOptions options)
    {
        options.DataFolder = Folder;
        options.ServiceName = ServiceNames.Standalone;
        if (_postgres is null)
            return;
        options.Provider = DatabaseProvider.PostgreSql;
        options.ConnectionString = _postgres.ConnectionString;
    }

    public void Configure(BusOptions options)
    {
        options.RetryDelay = TimeSpan.FromMilliseconds(10);
        if (_rabbit is null)
            return;
        options.Transport = BusTransport.RabbitMq;
        options.Uri = _rabbit.AmqpUri.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        if (_rabbit is not null)
            await _rabbit.DisposeAsync();
        if (_postgres is not null)
            await _postgres.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(Folder, recursive: true);
    }
}
