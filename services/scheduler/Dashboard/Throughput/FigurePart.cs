namespace Causality.Scheduler.Dashboard.Throughput;

/// <summary>What happened in a part of a window.</summary>
public sealed record FigurePart
{
    /// <summary>When it begins.</summary>
    public required DateTimeOffset Begin { get; init; }

    /// <summary>Entries new to our log.</summary>
    public double Entries { get; set; }

    /// <summary>Content bytes received.</summary>
    public double Bytes { get; set; }

    /// <summary>Syncs that ended well with something moved.</summary>
    public long Completed { get; set; }

    /// <summary>Syncs that ended well with nothing to do.</summary>
    public long Skipped { get; set; }

    /// <summary>Syncs that failed.</summary>
    public long Failed { get; set; }

    /// <summary>Syncs that were ended on request.</summary>
    public long Cancelled { get; set; }
}
