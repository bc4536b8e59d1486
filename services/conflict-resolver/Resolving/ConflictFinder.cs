using Causality.Core;
using Causality.Storage.Database;
using Causality.Storage.Database.Records;
using Causality.Storage.Log.Index;
using Microsoft.EntityFrameworkCore;

namespace Causality.ConflictResolver.Resolving;

/// <summary>Finds the conflicts that a sync brought, anywhere in the log: the other version may stand in a segment of any name.</summary>
public sealed class ConflictFinder(EntryIndex index, IServiceScopeFactory scopes)
{
    /// <summary>Brings the index up to date.</summary>
    public Task RefreshAsync(CancellationToken cancellationToken) => index.RefreshAsync(cancellationToken);

    /// <summary>Conflicts that have a version in a segment which the sync stored.</summary>
    public async IAsyncEnumerable<EntryConflict> FindAsync(Guid syncId, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var segments = await StoredSegmentsAsync(syncId, cancellationToken);
        await foreach (var conflict in index.FindConflictsAsync(segments, cancellationToken))
            yield return conflict;
    }

    /// <summary>Every conflict of the log.</summary>
    public IAsyncEnumerable<EntryConflict> FindAllAsync(CancellationToken cancellationToken) => index.FindConflictsAsync(null, cancellationToken);

    /// <summary>Number of versions of the ids in conflict in the whole log.</summary>
    public long VersionCount => index.ConflictVersionCount;

    private async Task<List<SegmentId>> StoredSegmentsAsync(Guid syncId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<CausalityDbContext>();
        var ids = await database.Set<PlanSegmentRecord>().Where(row => row.SyncId == syncId && row.State == PlanSegmentState.Stored)
            .Select(row => row.SegmentId).Distinct().ToListAsync(cancellationToken);
        return ids.ConvertAll(id => new SegmentId(id));
    }
}
