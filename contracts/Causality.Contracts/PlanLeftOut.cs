namespace Causality.Contracts;

/// <summary>Segments that differ and would not be moved.</summary>
public sealed record PlanLeftOut
{
    /// <summary>Why, one of <see cref="SyncReasons"/>.</summary>
    public required string Reason { get; init; }

    /// <summary>How many segments.</summary>
    public required long Segments { get; init; }

    /// <summary>Their entries.</summary>
    public required long Entries { get; init; }

    /// <summary>Their content bytes.</summary>
    public required long Bytes { get; init; }
}
