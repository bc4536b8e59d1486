namespace Causality.PipelineBenchmark;

/// <summary>What a run of many measured.</summary>
/// <param name="PerSecond">Done per second.</param>
/// <param name="P50">Milliseconds that half of them took at most.</param>
/// <param name="P99">Milliseconds that 99 of 100 took at most.</param>
/// <param name="Count">How many.</param>
internal sealed record Sample(double PerSecond, double P50, double P99, int Count)
{
    public static Sample Of(IReadOnlyCollection<TimeSpan> latencies, TimeSpan elapsed)
    {
        var sorted = latencies.Select(latency => latency.TotalMilliseconds).Order().ToArray();
        return new Sample(sorted.Length / elapsed.TotalSeconds, At(sorted, 0.50), At(sorted, 0.99), sorted.Length);
    }

    // Nearest rank: a time that was measured.
    private static double At(double[] sorted, double part) => sorted[Math.Max(0, (int)Math.Ceiling(part * sorted.Length) - 1)];
}
