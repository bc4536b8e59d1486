using Causality.Storage.Database;
using Causality.Storage.Database.Records;
using Microsoft.EntityFrameworkCore;

namespace Causality.ConflictResolver.Ledger;

/// <summary>Writes to the ledger inside of a write transaction, under the lock of its head row: versions become visible in order.</summary>
internal sealed class LedgerWriter
{
    private readonly CausalityDbContext _database;
    private readonly LedgerHeadRecord _head;

    private LedgerWriter(CausalityDbContext database, LedgerHeadRecord head) => (_database, _head) = (database, head);

    /// <summary>The last version given.</summary>
    public long Version => _head.Version;

    /// <summary>Locks the head.</summary>
    /// <param name="database">In a write transaction.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<LedgerWriter> LockAsync(CausalityDbContext database, CancellationToken cancellationToken)
    {
        // SQLite's write transaction is alone already.
        var heads = database.Set<LedgerHeadRecord>();
        var locking = $"SELECT * FROM {database.Names.Quoted(LedgerTables.Schema, "head")} FOR UPDATE";
        var rows = database.Names.HasSchemas ? heads.FromSqlRaw(locking) : heads;
        return new LedgerWriter(database, (await rows.AsTracking().ToListAsync(cancellationToken)).Single());
    }

    /// <summary>Writes decisions, a few statements for all of them.</summary>
    public async Task WriteAsync(IReadOnlyList<LedgerChange> changes, CancellationToken cancellationToken)
    {
        foreach (var change in changes)
        {
            change.Row.Version = ++_head.Version;
            foreach (var view in change.Views)
                view.Version = ++_head.Version;
        }

        await LedgerTables.Ledger.UpsertAsync(_database, [.. changes.Select(change => change.Row)], cancellationToken);
        await LedgerTables.Versions.UpsertAsync(_database, [.. changes.SelectMany(change => change.Fresh)], cancellationToken);
        await LedgerTables.Decisions.InsertAsync(_database, [.. changes.Select(change => change.Superseded).OfType<DecisionRecord>()], cancellationToken);
        await LedgerTables.Views.UpsertAsync(_database, [.. changes.SelectMany(change => change.Views)], cancellationToken);
    }

    /// <summary>Notes that all conflicts up to a version of the log are in the ledger.</summary>
    /// <param name="version">The version.</param>
    /// <param name="from">What it was when the look began: a log that went back (a restored backup) takes it along.</param>
    public void Resolved(long version, long from)
    {
        if (version > _head.ResolvedVersion || from > version)
            _head.ResolvedVersion = version;
    }
}
