using Causality.ConflictResolver.Ledger;
using Causality.ConflictResolver.Options;
using Causality.Core;
using Causality.Storage.Log;
using Causality.Storage.Log.Index;
using Microsoft.Extensions.Options;

namespace Causality.ConflictResolver.Resolving;

/// <summary>Finds conflicts anywhere in the log: the other version may stand in a segment of any name.</summary>
internal sealed class ConflictScan(EntryIndex index, ISyncableStorage log, TimestampScan timestamps, IOptions<ConflictOptions> options)
{
    private const int SegmentsPerPage = 5_000;
    private const int VersionsPerPiece = 10_000;

    /// <summary>Brings the index up to date.</summary>
    /// <returns>The version of the log that it then reflects.</returns>
    public async Task<long> RefreshAsync(CancellationToken cancellationToken)
    {
        await index.RefreshAsync(cancellationToken);
        return index.Version;
    }

    /// <summary>Conflicts that have a version in a segment which changed after a version of the log, in pieces of bounded size.</summary>
    public async IAsyncEnumerable<IReadOnlyList<FoundConflict>> FindAsync(long after, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var isLast = false; !isLast;)
        {
            var changes = await log.GetChangesAsync(after, SegmentsPerPage, cancellationToken);
            isLast = changes.Count < SegmentsPerPage;
            if (changes.Count == 0)
                yield break;

            after = changes[^1].Version;
            await foreach (var piece in index.FindContestedAsync([.. changes.Select(change => change.Metadata.Id)], VersionsPerPiece, cancellationToken))
                yield return [.. piece.Select(contested => new FoundConflict(ConflictKind.SameId, contested.EntryId, contested.Versions))];
            if (options.Value.SameTimestamp == SameTimestamp.Ignore)
                continue;

            await foreach (var piece in timestamps.FindAsync([.. changes.Select(change => change.Metadata)], VersionsPerPiece, cancellationToken))
                yield return piece;
        }
    }
}
