using Causality.Contracts.Http.Control;

namespace Causality.Scheduler.Dashboard.Overview;

/// <summary>A peer on the overview.</summary>
/// <param name="Peer">The peer.</param>
/// <param name="Standing">How we stand with it.</param>
/// <param name="Runs">Its latest syncs, latest first.</param>
/// <param name="IsOverdue">True when the last success is older than five intervals, which is when the alert fires.</param>
public sealed record PeerRow(PeerInfo Peer, PeerStanding Standing, IReadOnlyList<SyncRun> Runs, bool IsOverdue);
