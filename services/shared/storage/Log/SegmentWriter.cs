using Causality.Core;
using Causality.Storage.Database;
using Causality.Storage.Database.EntityConfigurations;
using Causality.Storage.Database.Records;
using Microsoft.EntityFrameworkCore;

namespace Causality.Storage.Log;

/// <summary>Writes segment rows and the head row inside of a transaction.</summary>
/// <remarks>
/// The head row is locked first and until the commit. That serializes commits for a moment, and in return versions become visible in order (no gap in the
/// change feed that is filled later) and the fingerprint is exact without reading other rows.
/// </remarks>
internal sealed class SegmentWriter
{
    private readonly CausalityDbContext _db;
    private readonly HeadRecord? _head;
    private readonly Dictionary<SegmentId, SegmentRecord> _rows;

    private SegmentWriter(CausalityDbContext db, HeadRecord? head, Dictionary<SegmentId, SegmentRecord> rows, IReadOnlyList<SegmentMetadata> moved) =>
        (_db, _head, _rows, Moved) = (db, head, rows, moved);

    /// <summary>The rows that are no longer what their plans were made from.</summary>
    public IReadOnlyList<SegmentMetadata> Moved { get; }

    /// <summary>Locks the head and reads the rows of all plans that change something. Where none does, nothing is locked.</summary>
    public static async Task<SegmentWriter> LockAsync(CausalityDbContext db, IReadOnlyDictionary<SegmentId, MergePlan> plans, CancellationToken cancellationToken)
    {
        var changing = plans.Where(pair => pair.Value.Changed is not null).Select(pair => pair.Key).ToList();
        if (changing.Count == 0)
            return new SegmentWriter(db, null, [], []);

        var head = await LockHeadAsync(db, cancellationToken).ConfigureAwait(false);
        var rows = await SegmentCatalog.RowsOfAsync(db.Set<SegmentRecord>().AsTracking(), changing, cancellationToken).ConfigureAwait(false);
        var moved = changing.Select(id => rows.GetValueOrDefault(id)?.ToMetadata()).OfType<SegmentMetadata>().Where(row => !plans[row.Id].Fits(row)).ToList();
        return new SegmentWriter(db, head, rows, moved);
    }

    /// <summary>Writes the changed rows, each with the next version, and the head.</summary>
    public async Task WriteAsync(IEnumerable<MergePlan> plans, CancellationToken cancellationToken)
    {
        if (_head is null)
            return;

        var head = _head.ToHead();
        foreach (var segment in plans.Select(plan => plan.Changed).OfType<SegmentMetadata>())
        {
            if (!_rows.TryGetValue(segment.Id, out var row))
            {
                head = head.With(null, segment);
                row = new SegmentRecord();
                row.Describe(segment, head.Version);
                _db.Add(row);
                continue;
            }

            head = head.With(row.ToMetadata(), segment);
            row.Describe(segment, head.Version);
        }

        _head.Describe(head);
        await _db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task<HeadRecord> LockHeadAsync(CausalityDbContext db, CancellationToken cancellationToken)
    {
        // SQLite's write transaction is alone already.
        var heads = db.Set<HeadRecord>();
        var locking = $"SELECT {TableShape.Of<HeadRecord>(db).Columns} FROM {db.Names.Quoted(LogTables.Schema, "head")} FOR UPDATE";
        var rows = db.Names.HasSchemas ? heads.FromSqlRaw(locking) : heads;
        return (await rows.AsTracking().ToListAsync(cancellationToken).ConfigureAwait(false)).Single();
    }
}
