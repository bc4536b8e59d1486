namespace Causality.Contracts.Http.Control;

/// <summary>What a plan was asked for.</summary>
public static class PlanKinds
{
    /// <summary>What would a sync do?</summary>
    public const string Plan = "plan";

    /// <summary>Why are the logs not equal?</summary>
    public const string Explanation = "explanation";
}
