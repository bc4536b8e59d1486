using BenchmarkDotNet.Attributes;
using Causality.Core;

namespace Causality.Benchmarks;

/// <summary>Merge speed: two copies of one segment, 10,000 entries each, of which half are common.</summary>
[Config(typeof(EntriesPerSecondConfig))]
[MemoryDiagnoser]
public class Union
{
    private const int Total = SegmentLimits.RotationEntries * 3 / 2;

    private LogSegment _ours = null!;
    private LogSegment _theirs = null!;

    /// <summary>The two copies.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        _ours = SampleLog.Segment(0, SegmentLimits.RotationEntries);
        _theirs = SampleLog.Segment(SegmentLimits.RotationEntries / 2, SegmentLimits.RotationEntries);
    }

    /// <summary>A union that is larger than both.</summary>
    [Benchmark(OperationsPerInvoke = Total)]
    public int HalfOverlapping() => _ours.Union(_theirs).Count;

    /// <summary>A union that changes nothing: the usual retry.</summary>
    [Benchmark(OperationsPerInvoke = SegmentLimits.RotationEntries)]
    public int Equal() => _ours.Union(_ours).Count;
}
