using Causality.Storage.Database;
using Causality.Storage.Database.Records;
using Causality.Storage.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Causality.Storage.Tests.Database;

public abstract class When_writers_meet(DatabaseProvider provider) : OnADatabase(provider)
{
    [Fact]
    public async Task Each_gets_its_turn()
    {
        await using var store = await OpenAsync();
        var contexts = store.Get<IDbContextFactory<CausalityDbContext>>();

        await Task.WhenAll(Enumerable.Range(0, 40).Select(number => Task.Run(async () =>
        {
            await using var db = await contexts.CreateDbContextAsync(Cancel);
            await using var transaction = await db.BeginWriteAsync(Cancel);
            db.Add(new InboxMessage { MessageId = Guid.NewGuid(), Consumer = $"{number}" });
            await db.SaveChangesAsync(Cancel);
            if (number % 4 == 0)
                await transaction.RollbackAsync(Cancel);
            else if (number % 4 != 1)
                await transaction.CommitAsync(Cancel);
        }, Cancel)));

        (await Rows.AllAsync<InboxMessage>(store)).Count.ShouldBe(20);
    }

    [Fact]
    public async Task A_cancelled_wait_holds_nobody_up()
    {
        await using var store = await OpenAsync();
        var contexts = store.Get<IDbContextFactory<CausalityDbContext>>();
        await using var db = await contexts.CreateDbContextAsync(Cancel);
        await using (await db.BeginWriteAsync(Cancel))
        {
            await using var other = await contexts.CreateDbContextAsync(Cancel);
            await Should.ThrowAsync<OperationCanceledException>(() => other.BeginWriteAsync(new CancellationToken(canceled: true)));
        }

        await using var transaction = await db.BeginWriteAsync(Cancel);
        await transaction.CommitAsync(Cancel);
    }
}

public sealed class When_writers_meet_on_SQLite() : When_writers_meet(DatabaseProvider.Sqlite);

public sealed class When_writers_meet_on_PostgreSQL() : When_writers_meet(DatabaseProvider.PostgreSql);
