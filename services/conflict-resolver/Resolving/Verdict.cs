using Causality.ConflictResolver.Ledger;

namespace Causality.ConflictResolver.Resolving;

/// <summary>What becomes of a conflict.</summary>
/// <param name="State">Whether it is decided.</param>
/// <param name="Winner">Hash of what the view shows, also while it is open.</param>
/// <param name="Strategy">By which rule, or who is waited for.</param>
/// <param name="Decider">Who.</param>
/// <param name="DecidedBy">Their name; null for the policy.</param>
/// <param name="Reason">Why, for people.</param>
/// <param name="DeadlineAt">When the fallback decides, milliseconds since the Unix epoch; null for never.</param>
internal sealed record Verdict(ConflictState State, string Winner, string Strategy, Decider Decider, string? DecidedBy = null, string? Reason = null, long? DeadlineAt = null);
