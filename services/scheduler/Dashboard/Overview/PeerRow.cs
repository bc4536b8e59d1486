using Causality.Contracts.Http.Control;

namespace Causality.Scheduler.Dashboard.Overview;

/// <summary>A peer on the overview.</summary>
/// <param name="Peer">The peer.</param>
/// <param name="Standing">How we stand with it.</param>
/// <param name="Runs">Its latest syncs, latest first.</param>
/// <param name="NextSync">When the schedule begins the next one; null when it begins none.</param>
/// <param name="WhyNone">Why it begins none, in a few words.</param>
/// <param name="IsOverdue">True when the last success is older than five intervals, which is when the alert fires.</param>
public sealed record PeerRow(PeerInfo Peer, PeerStanding Standing, IReadOnlyList<SyncRun> Runs, DateTimeOffset? NextSync, string WhyNone, bool IsOverdue);
