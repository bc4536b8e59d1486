using Causality.Fuzzing.Targets;

namespace Causality.Fuzzing;

/// <summary>Every target.</summary>
public static class FuzzTargets
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } = [.. LogTargets.All, .. ReconciliationTargets.All, .. SessionTargets.All, .. AnswerTargets.All, .. JsonTargets.All, .. BusTargets.All, .. TextTargets.All];
}
