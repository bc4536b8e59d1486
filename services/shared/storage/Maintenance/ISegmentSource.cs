using Causality.Core;

namespace Causality.Storage.Maintenance;

/// <summary>Where a content can be had that is damaged here: other operators that hold the same log.</summary>
public interface ISegmentSource
{
    /// <summary>Looks for exactly these contents.</summary>
    /// <param name="wanted">Segments as their rows here describe them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>One element for each, in any order. A source that cannot be reached is no exception but a reason.</returns>
    IAsyncEnumerable<SegmentFind> FindAsync(IReadOnlyList<SegmentMetadata> wanted, CancellationToken cancellationToken);
}
