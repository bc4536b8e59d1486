using Causality.Storage.Database.Records;

namespace Causality.Storage.Database;

/// <summary>Rows of a plan with one state, reason and direction, added up.</summary>
public sealed record PlanCount
{
    /// <summary>Their state.</summary>
    public PlanSegmentState State { get; init; }

    /// <summary>Why they are in it; null for no particular reason.</summary>
    public string? Reason { get; init; }

    /// <summary>Which way they move.</summary>
    public PlanDirection Direction { get; init; }

    /// <summary>How many.</summary>
    public long Segments { get; init; }

    /// <summary>Entries that are to move.</summary>
    public long Entries { get; init; }

    /// <summary>Content bytes that are to move.</summary>
    public long Bytes { get; init; }

    /// <summary>Entries that were new where they went.</summary>
    public long EntriesAdded { get; init; }

    /// <summary>Content bytes that have come.</summary>
    public long BytesReceived { get; init; }
}
