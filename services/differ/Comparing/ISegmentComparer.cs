using Causality.Contracts;
using Causality.Core;

namespace Causality.Differ.Comparing;

/// <summary>Finds out which of a peer's segments we lack or hold with other content. The seam behind which list comparison and reconciliation are two ways to the same answer.</summary>
public interface ISegmentComparer
{
    /// <summary>The peer's segments to fetch, as the peer describes them, each id once, in no promised order.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="progress">Called after every answer of the peer: proof of life for long comparisons.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ProtocolViolationException">The peer broke the protocol.</exception>
    IAsyncEnumerable<SegmentMetadata> FindMissingAsync(PeerEndpoint peer, Func<Task> progress, CancellationToken cancellationToken);
}
