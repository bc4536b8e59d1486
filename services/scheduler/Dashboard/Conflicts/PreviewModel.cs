using Causality.Contracts.Http.Control;

namespace Causality.Scheduler.Dashboard.Conflicts;

/// <summary>What a bulk decision would change: exactly that is applied, or nothing.</summary>
/// <param name="Plan">What is to be applied: the conflicts that would change.</param>
/// <param name="Changes">Those conflicts, with what the view shows before and after.</param>
/// <param name="Others">The chosen conflicts that would stay as they are, and why.</param>
public sealed record PreviewModel(BulkPlan Plan, IReadOnlyList<ConflictDecisionOutcome> Changes, IReadOnlyList<ConflictDecisionOutcome> Others);
