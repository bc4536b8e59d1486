using Causality.Contracts.Http.Control;

namespace Causality.Scheduler.Dashboard.Conflicts;

/// <summary>What the page of one conflict shows.</summary>
/// <param name="Details">The conflict with its versions and decisions.</param>
/// <param name="Members">The two latest versions side by side, member by member; empty unless both can be read.</param>
public sealed record ConflictModel(ConflictDetails Details, IReadOnlyList<MemberRow> Members);
