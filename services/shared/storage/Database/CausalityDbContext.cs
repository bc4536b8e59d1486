using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Causality.Storage.Database;

/// <summary>The operator's database, as far as the process that opens it has registered tables.</summary>
/// <remarks>
/// One context for all services, so that a consumer's effects, its inbox row and its outgoing messages commit in one transaction.
/// What a service may touch is decided by its database role, not by this class. Write through <see cref="DatabaseTransactions.BeginWriteAsync"/>.
/// </remarks>
public sealed class CausalityDbContext(DbContextOptions<CausalityDbContext> options, TableNames names, IEnumerable<IEntityTables> tables) : DbContext(options)
{
    private DatabaseFacade? _facade;

    /// <summary>Names of tables in the database in use.</summary>
    public TableNames Names { get; } = names;

    /// <summary>Tells contexts with other tables or names apart, so that each process-wide cached model fits.</summary>
    internal string ModelKey { get; } =
        $"{names.HasSchemas}|{names.Service}|{string.Join('|', tables.Select(room => room.GetType().AssemblyQualifiedName).Order(StringComparer.Ordinal))}";

    /// <inheritdoc/>
    // A failed save ends its transaction here; nobody goes on in the middle of one, so a savepoint before each save would be two statements for nothing.
    public override DatabaseFacade Database => _facade ??= WithoutSavepoints(base.Database);

    private static DatabaseFacade WithoutSavepoints(DatabaseFacade facade)
    {
        facade.AutoSavepointsEnabled = false;
        return facade;
    }

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        foreach (var room in tables)
            room.Map(modelBuilder, Names);
    }
}
