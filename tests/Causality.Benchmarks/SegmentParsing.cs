using BenchmarkDotNet.Attributes;
using Causality.Core;

namespace Causality.Benchmarks;

/// <summary>Import speed: check every line of a full segment and hash it, then what an entry index asks of it.</summary>
[Config(typeof(EntriesPerSecondConfig))]
[MemoryDiagnoser]
public class SegmentParsing
{
    private LogSegment _segment = null!;

    /// <summary>One full segment of 256-byte entries.</summary>
    [GlobalSetup]
    public void SetUp() => _segment = SampleLog.Segment(0, SegmentLimits.RotationEntries);

    /// <summary>What a receiver does with a segment from a peer.</summary>
    [Benchmark(OperationsPerInvoke = SegmentLimits.RotationEntries)]
    public int ParseVerified() =>
        LogSegment.ParseVerified(_segment.Metadata.Id, _segment.Metadata.Origin, _segment.Content, _segment.Metadata.ContentHash).Count;

    /// <summary>What the index of entry ids does with it afterwards.</summary>
    [Benchmark(OperationsPerInvoke = SegmentLimits.RotationEntries)]
    public ulong IdKeys()
    {
        var mixed = 0UL;
        for (var index = 0; index < _segment.Count; index++)
            mixed ^= _segment.IdKeyAt(index);
        return mixed;
    }
}
