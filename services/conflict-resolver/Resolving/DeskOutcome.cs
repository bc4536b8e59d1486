using Causality.ConflictResolver.Ledger;

namespace Causality.ConflictResolver.Resolving;

/// <summary>What became of one subject of a decision.</summary>
/// <param name="Subject">The entry id, or the timestamp in decimal.</param>
/// <param name="Before">The ledger's row before; null for an unknown conflict.</param>
/// <param name="Verdict">The decision; null when there is none.</param>
/// <param name="Changed">Whether it changes anything.</param>
internal sealed record DeskOutcome(string Subject, LedgerRecord? Before, Verdict? Verdict, bool Changed);
