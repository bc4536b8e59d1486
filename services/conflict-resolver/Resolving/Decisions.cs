using Causality.ConflictResolver.Ledger;
using Causality.Core;

namespace Causality.ConflictResolver.Resolving;

/// <summary>Decisions that come from outside.</summary>
internal static class Decisions
{
    /// <summary>One version is to be shown; null for a hash that is none of the conflict's.</summary>
    public static Verdict? ByHash(ConflictFile conflict, string hash, Decider decider, string by, string? reason) => conflict.All.Any(version => version.EntryHash == hash)
        ? new Verdict(ConflictState.Decided, hash, decider == Decider.Message ? StrategyNames.Message : StrategyNames.Person, decider, by, reason)
        : null;

    /// <summary>A person has a built-in strategy choose.</summary>
    public static Verdict ByStrategy(ConflictFile conflict, ConflictStrategy strategy, string by, string? reason) =>
        new(ConflictState.Decided, conflict.Choose(strategy), StrategyNames.Of(strategy), Decider.Person, by, reason);

    /// <summary>The decision before the one in force, as it was: if the policy had made it, the policy decides again when new versions come.</summary>
    public static Verdict Again(ConflictFile conflict, DecisionRecord earlier, string by, string? reason) => new(
        earlier.State, earlier.WinnerHash, earlier.Strategy, earlier.Decider, earlier.DecidedBy, $"{by} has undone decision {conflict.Row!.Decisions}{(reason is null ? "." : $": {reason}")}");
}
