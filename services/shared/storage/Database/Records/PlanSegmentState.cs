namespace Causality.Storage.Database.Records;

/// <summary>How far a row of a plan is. Numbers are stored: never renumber.</summary>
public enum PlanSegmentState
{
    /// <summary>To be fetched.</summary>
    Pending = 0,

    /// <summary>Stored or merged, verified and durable.</summary>
    Stored = 1,

    /// <summary>Could not be taken; the reason says why.</summary>
    Failed = 2,

    /// <summary>No longer needed: the peer's segment has changed or gone since, or it came from elsewhere meanwhile.</summary>
    Superseded = 3,

    /// <summary>Left out because the settings say so; the reason says which. No failure.</summary>
    Excluded = 4,
}
