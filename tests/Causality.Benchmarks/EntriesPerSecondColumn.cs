using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace Causality.Benchmarks;

/// <summary>Throughput in the unit that the requirement is written in.</summary>
public sealed class EntriesPerSecondColumn : IColumn
{
    private const double NanosecondsPerSecond = 1e9;

    /// <inheritdoc/>
    public string Id => nameof(EntriesPerSecondColumn);

    /// <inheritdoc/>
    public string ColumnName => "Entries/s";

    /// <inheritdoc/>
    public string Legend => "Entries handled in one second on one core";

    /// <inheritdoc/>
    public bool AlwaysShow => true;

    /// <inheritdoc/>
    public ColumnCategory Category => ColumnCategory.Custom;

    /// <inheritdoc/>
    public int PriorityInCategory => 0;

    /// <inheritdoc/>
    public bool IsNumeric => true;

    /// <inheritdoc/>
    public UnitType UnitType => UnitType.Dimensionless;

    /// <inheritdoc/>
    public string GetValue(Summary summary, BenchmarkCase benchmarkCase) => GetValue(summary, benchmarkCase, SummaryStyle.Default);

    /// <inheritdoc/>
    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) =>
        summary[benchmarkCase]?.ResultStatistics is { } statistics ? (NanosecondsPerSecond / statistics.Mean).ToString("N0", CultureInfo.InvariantCulture) : "?";

    /// <inheritdoc/>
    public bool IsAvailable(Summary summary) => true;

    /// <inheritdoc/>
    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;
}
