using Causality.Scheduler.Syncs;

namespace Causality.Scheduler.StateMachines;

/// <summary>The states that a sync has been in, as its row keeps them.</summary>
internal static class SyncTimeline
{
    /// <summary>Most states kept; of a sync with more the first and the latest ones stay.</summary>
    public const int Most = 64;

    /// <summary>Notes the state that the sync has just come into.</summary>
    public static void Note(SyncState sync, long at)
    {
        var phases = Read(sync.Timeline).ToList();
        if (phases.Count == Most)
            phases.RemoveAt(1);
        phases.Add(new SyncPhase(sync.CurrentState, at, sync.Attempt, sync.CurrentState is nameof(SyncStateMachine.WaitingToRetry) or nameof(SyncStateMachine.Failed) ? sync.Reason : null));
        sync.Timeline = SyncJson.Write(phases);
    }

    /// <summary>The states in order; empty for a sync from before they were kept.</summary>
    public static IReadOnlyList<SyncPhase> Read(string? timeline) => timeline is null ? [] : SyncJson.Read<List<SyncPhase>>(timeline);

    /// <summary>When the latest comparison had been made, which is the moment that the roots of the row speak of; null when none has, or nobody noted it.</summary>
    public static long? ComparedAt(IReadOnlyList<SyncPhase> phases)
    {
        for (var index = phases.Count - 2; index >= 0; index--)
        {
            if (phases[index].State == nameof(SyncStateMachine.Comparing))
                return phases[index + 1].At;
        }

        return null;
    }
}
