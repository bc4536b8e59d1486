using System.Net;
using System.Net.Sockets;
using Causality.Storage.Tests.Support;

namespace Causality.Storage.Tests.Database;

public sealed class When_the_database_is_not_there() : OnADatabase(DatabaseProvider.Sqlite)
{
    [Fact]
    public async Task The_start_ends_with_the_address_and_without_the_password()
    {
        var error = await Should.ThrowAsync<StorageUnavailableException>(() => TestStore.OpenAsync(options =>
        {
            options.Provider = DatabaseProvider.PostgreSql;
            options.ConnectionString = $"Host=127.0.0.1;Port={FreePort()};Database=causality;Username=someone;Password=s3cret;Timeout=1";
            options.DataFolder = Database.Folder;
            options.StartTimeout = TimeSpan.FromSeconds(1);
        }));

        foreach (var part in (string[])["host 127.0.0.1", "database causality", "user someone"])
            error.Message.ShouldContain(part);
        error.ToString().ShouldNotContain("s3cret");
    }

    [Fact]
    public async Task A_schema_that_nobody_makes_is_told()
    {
        await using var waiting = await WaitingStore.StartAsync(Database, options => options.StartTimeout = TimeSpan.FromSeconds(1));

        (await Should.ThrowAsync<StorageUnavailableException>(() => waiting.Migrating)).Message.ShouldContain("Storage:MigrateAtStart");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
