namespace Causality.ServiceDefaults.Telemetry.Series;

/// <summary>How many measurements fell below each bound.</summary>
/// <param name="bounds">Ascending upper bounds, each included.</param>
internal sealed class HistogramPoint(double[] bounds) : Point
{
    private readonly long[] _counts = new long[bounds.Length + 1];
    private readonly Lock _lock = new();
    private double _sum;

    public override void Record(double value)
    {
        if (double.IsNaN(value))
            return;
        var index = Array.BinarySearch(bounds, value);
        lock (_lock)
        {
            _counts[index < 0 ? ~index : index]++;
            _sum += value;
        }
    }

    /// <summary>Counts by bucket, the last one without bound, and the sum, of one moment.</summary>
    public (long[] Counts, double Sum) Read()
    {
        lock (_lock)
            return ([.. _counts], _sum);
    }
}
