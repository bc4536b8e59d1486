using Causality.Contracts.Http.Control;
using Causality.Scheduler.StateMachines;

namespace Causality.Scheduler.Dashboard.Overview;

/// <summary>How we stand with a peer, and since what moment that is known.</summary>
/// <param name="Kind">Which of the few ways.</param>
/// <param name="Title">In two or three words.</param>
/// <param name="Detail">What is known, and of which moment.</param>
/// <param name="At">That moment; null when nothing is known.</param>
public sealed record PeerStanding(StandingKind Kind, string Title, string Detail, DateTimeOffset? At)
{
    /// <summary>
    /// Reads it off the latest syncs: nothing is called "in sync" unless the latest one that ended found equal root fingerprints, and none that runs has found others since.
    /// </summary>
    /// <param name="peer">The peer.</param>
    /// <param name="runs">Its syncs, latest first.</param>
    public static PeerStanding Of(PeerInfo peer, IReadOnlyList<SyncRun> runs)
    {
        if (!peer.Enabled)
            return new(StandingKind.Paused, "Paused", "No sync with it begins, and its key is not let in.", null);
        if (runs is [{ IsRunning: true, EqualRoot: null, ComparedAt: { } found, State: nameof(SyncStateMachine.Transferring) or nameof(SyncStateMachine.Resolving) }, ..])
            return new(StandingKind.CatchingUp, "Catching up", "The roots differed when the sync that runs compared them; what it planned is being moved.", DateTimeOffset.FromUnixTimeMilliseconds(found));
        if (runs.FirstOrDefault(run => !run.IsRunning) is not { } latest)
            return new(StandingKind.Unknown, "Not known", "No sync with it has ended yet.", null);
        return Of(latest, peer.Scope is { Count: > 0 } ? " of the shared segments" : "");
    }

    private static PeerStanding Of(SyncRun latest, string ofWhat)
    {
        var ended = DateTimeOffset.FromUnixTimeMilliseconds(latest.EndedAt!.Value);
        var compared = latest.ComparedAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : ended;
        return latest switch
        {
            { IsWell: true, EqualRoot: not null } => new(StandingKind.InSync, "In sync", $"Both root fingerprints{ofWhat} were equal when compared.", compared),
            { State: nameof(SyncStateMachine.Completed) } => new(StandingKind.Updated, "Caught up", "Everything that the comparison planned is stored; the roots have not been compared since.", compared),
            { State: nameof(SyncStateMachine.Skipped) } => new(StandingKind.Differs, "Nothing to move", "The roots differ, but this side's settings had nothing to move: the peer may lack what we hold, or something is left out.", compared),
            { State: nameof(SyncStateMachine.Cancelled) } => new(StandingKind.Unknown, "Cancelled", "The latest sync was ended on request; how the logs differ is not known.", ended),
            _ => new(StandingKind.Failing, "Failing", latest.Error ?? latest.Reason ?? "The latest sync failed.", ended),
        };
    }
}
