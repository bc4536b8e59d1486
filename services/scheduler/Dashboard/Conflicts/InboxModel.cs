using Causality.Contracts.Http.Control;
using Causality.Scheduler.Dashboard.Rendering;

namespace Causality.Scheduler.Dashboard.Conflicts;

/// <summary>What the inbox shows.</summary>
/// <param name="Filter">Which conflicts.</param>
/// <param name="Summary">How many there are, or why that is not known.</param>
/// <param name="Page">The conflicts, or why they are not known.</param>
public sealed record InboxModel(ConflictFilter Filter, Reading<ConflictSummary> Summary, Reading<ConflictPage> Page);
