using Causality.Core;

namespace Causality.Differ.Comparing;

/// <summary>Finds out what a sync has to move. The seam behind which there may be other ways to the same answer.</summary>
public interface ISegmentComparer
{
    /// <summary>What is to be moved, and what is left out with the reason; each (segment, direction) once, in no promised order.</summary>
    /// <param name="comparison">Whom to compare with, and how.</param>
    /// <param name="progress">Called now and then while the peer answers: proof of life for long comparisons.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ProtocolViolationException">The peer broke the protocol.</exception>
    IAsyncEnumerable<PlannedSegment> CompareAsync(Comparison comparison, Func<Task> progress, CancellationToken cancellationToken);
}
