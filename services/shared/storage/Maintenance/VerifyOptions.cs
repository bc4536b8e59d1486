namespace Causality.Storage.Maintenance;

/// <summary>How a store is verified.</summary>
public sealed record VerifyOptions
{
    /// <summary>Most damaged segments that a report lists; the others are counted, and neither listed nor repaired.</summary>
    public const int MaxListed = 100_000;

    /// <summary>Segments looked at side by side; each may take 64 MiB of memory.</summary>
    /// <value>Default: the number of processors, at most 8; 1 to 64.</value>
    public int Parallelism { get; init; } = Math.Min(Environment.ProcessorCount, 8);

    /// <summary>How old an unused blob or a temporary file must be to count as left behind.</summary>
    /// <value>Default 1 h.</value>
    public TimeSpan Grace { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Where damaged contents are to be fetched from; null to report only.</summary>
    public ISegmentSource? RepairFrom { get; init; }
}
