using BenchmarkDotNet.Configs;

namespace Causality.Benchmarks;

/// <summary>Adds <see cref="EntriesPerSecondColumn"/> to the default columns. Benchmarks of many entries say how many by <c>OperationsPerInvoke</c>.</summary>
public sealed class EntriesPerSecondConfig : ManualConfig
{
    /// <summary>Called by the benchmark runner.</summary>
    public EntriesPerSecondConfig() => AddColumn(new EntriesPerSecondColumn());
}
