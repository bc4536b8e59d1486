using System.Runtime.CompilerServices;
using Causality.Core;
using Causality.Storage.Log.Sharing;

namespace Causality.Differ.Comparing;

/// <summary>Finds our segments that we share with a peer and that the peer's scope for us does not cover, so that it would refuse them.</summary>
public sealed class UnsharedSegments(SharedLogs logs)
{
    private const int PageSize = 10_000;

    /// <summary>Ascending by id; empty, at no cost, where both scopes are the same.</summary>
    public async IAsyncEnumerable<SegmentMetadata> FindAsync(Comparison comparison, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var ours = SegmentScope.Of(comparison.Peer.Scope);
        if (ours.Equals(comparison.Ours.Scope))
            yield break;
        var log = logs.Of(ours).Log;
        SegmentId? after = null;
        while (true)
        {
            var page = await log.GetSegmentMetadataAsync(after, PageSize, cancellationToken);
            foreach (var segment in page.Where(segment => !comparison.Ours.Scope.Contains(segment.Id)))
                yield return segment;
            if (page.Count < PageSize)
                yield break;
            after = page[^1].Id;
        }
    }
}
