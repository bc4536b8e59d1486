namespace Causality.Scheduler.Data;

/// <summary>A plan or an explanation that somebody has asked for. Its segments are rows of <c>plan.segments</c> under its id. Times are milliseconds since the Unix epoch.</summary>
public sealed class PlanRecord
{
    /// <summary>The plan.</summary>
    public Guid PlanId { get; set; }

    /// <summary>The peer.</summary>
    public string PeerId { get; set; } = "";

    /// <summary>One of <c>PlanKinds</c>.</summary>
    public string Kind { get; set; } = "";

    /// <summary>The settings that the sync would have, as JSON.</summary>
    public string Settings { get; set; } = "{}";

    /// <summary>When it was asked for.</summary>
    public long RequestedAt { get; set; }

    /// <summary>When nobody waits any more.</summary>
    public long DeadlineAt { get; set; }

    /// <summary>What was found, as JSON; null until then.</summary>
    public string? Figures { get; set; }

    /// <summary>Why the logs could not be compared; null otherwise.</summary>
    public string? Reason { get; set; }

    /// <summary>The same for people.</summary>
    public string? Detail { get; set; }

    /// <summary>Entry ids that would be in conflict; null until they are counted.</summary>
    public long? Conflicts { get; set; }
}
