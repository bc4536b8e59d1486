using System.Runtime.CompilerServices;
using Causality.Core;
using Causality.Storage.Maintenance;

namespace Causality.Storage.Tests.Support;

/// <summary>Another operator that has some of the contents, or says so.</summary>
internal sealed class OtherCopy(IEnumerable<LogSegment> segments, bool lies = false) : ISegmentSource
{
    private readonly Dictionary<SegmentId, LogSegment> _segments = segments.ToDictionary(segment => segment.Metadata.Id);

    public async IAsyncEnumerable<SegmentFind> FindAsync(IReadOnlyList<SegmentMetadata> wanted, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var segment in wanted)
            yield return new SegmentFind(segment, lies ? Entries.Segment(segment.Id.Value, Entries.New("forged", 1)) : _segments.GetValueOrDefault(segment.Id), "beta");
    }
}
