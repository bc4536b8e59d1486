namespace Causality.Contracts.Http.Control;

/// <summary>How far a plan is.</summary>
public static class PlanStates
{
    /// <summary>Being worked out.</summary>
    public const string Running = "running";

    /// <summary>There.</summary>
    public const string Done = "done";

    /// <summary>The logs could not be compared; the reason says why.</summary>
    public const string Failed = "failed";
}
