using Causality.Storage.Database;
using Microsoft.EntityFrameworkCore;

namespace Causality.Storage.Tests.Support;

/// <summary>Looks into tables behind the store's back.</summary>
internal static class Rows
{
    public static async Task<List<T>> AllAsync<T>(TestStore store) where T : class
    {
        await using var db = await store.Get<IDbContextFactory<CausalityDbContext>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        return await db.Set<T>().AsNoTracking().ToListAsync(TestContext.Current.CancellationToken);
    }

    public static async Task ChangeAsync(TestStore store, Action<CausalityDbContext> change)
    {
        await using var db = await store.Get<IDbContextFactory<CausalityDbContext>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        change(db);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    }
}
