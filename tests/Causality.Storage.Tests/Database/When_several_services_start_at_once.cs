using Causality.Storage.Database;
using Causality.Storage.Database.Records;
using Causality.Storage.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Causality.Storage.Tests.Database;

public abstract class When_several_services_start_at_once(DatabaseProvider provider) : OnADatabase(provider)
{
    [Fact]
    public async Task As_processes_all_of_them_come_up()
    {
        var processes = Enumerable.Range(0, 5).Select(_ => ChildProcess.Start(ChildProcess.Migrator, Database)).ToList();
        foreach (var process in processes)
        {
            using (process)
            {
                var errors = await process.StandardError.ReadToEndAsync(Cancel);
                await process.WaitForExitAsync(Cancel);
                process.ExitCode.ShouldBe(0, errors);
            }
        }

        await using var store = await OpenAsync();
        (await Rows.AllAsync<HeadRecord>(store)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Every_registered_table_is_there()
    {
        await using var store = await OpenAsync();

        (await Rows.AllAsync<SegmentRecord>(store)).ShouldBeEmpty();
        (await Rows.AllAsync<PlanSegmentRecord>(store)).ShouldBeEmpty();
        (await Rows.AllAsync<PeerRecord>(store)).ShouldBeEmpty();
        (await Rows.AllAsync<InboxMessage>(store)).ShouldBeEmpty();
        (await Rows.AllAsync<OutboxMessage>(store)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Each_service_has_its_own_outbox_counting_up()
    {
        foreach (var service in ServiceNames.All)
        {
            await using var store = await TestStore.OpenAsync(options =>
            {
                Database.Configure(options);
                options.ServiceName = service;
            });
            await using var db = await store.Get<IDbContextFactory<CausalityDbContext>>().CreateDbContextAsync(Cancel);
            db.AddRange(new OutboxMessage { Destination = service }, new OutboxMessage { Destination = service });
            await db.SaveChangesAsync(Cancel);

            (await Rows.AllAsync<OutboxMessage>(store)).Select(row => (row.Sequence, row.Destination)).ShouldBe([(1, service), (2, service)]);
        }
    }

    [Fact]
    public async Task Who_may_not_migrate_waits_for_the_schema()
    {
        await using var waiting = await WaitingStore.StartAsync(Database);
        waiting.Migrating.IsCompleted.ShouldBeFalse();

        await using var migrating = await OpenAsync();

        await waiting.Migrating;
    }
}

public sealed class When_several_services_start_at_once_on_SQLite() : When_several_services_start_at_once(DatabaseProvider.Sqlite)
{
    [Fact]
    public async Task A_lock_that_a_killed_process_left_does_not_hold_them()
    {
        await using (await OpenAsync())
        {
            var text = new SqliteConnectionStringBuilder { DataSource = Path.Combine(Database.Folder, "causality.db"), Pooling = false }.ConnectionString;
            await using var connection = new SqliteConnection(text);
            await connection.OpenAsync(Cancel);
            await using var command = connection.CreateCommand();
            command.CommandText = """
                CREATE TABLE IF NOT EXISTS "__EFMigrationsLock" ("Id" INTEGER NOT NULL PRIMARY KEY, "Timestamp" TEXT NOT NULL);
                INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-01-01');
                DELETE FROM "__EFMigrationsHistory" WHERE "MigrationId" LIKE '%_Peer%';
                DROP TABLE scheduler_peers;
                ALTER TABLE scheduler_syncs DROP COLUMN scope;
                """;
            await command.ExecuteNonQueryAsync(Cancel);
        }

        await using var next = await OpenAsync().WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        (await Rows.AllAsync<PeerRecord>(next)).ShouldBeEmpty();
    }
}

public sealed class When_several_services_start_at_once_on_PostgreSQL() : When_several_services_start_at_once(DatabaseProvider.PostgreSql);
