using Causality.Contracts;
using Causality.Contracts.Http.Control;
using Causality.Scheduler.Data;
using Causality.Scheduler.StateMachines;
using Causality.Scheduler.Syncs;
using Causality.Storage.Database.Records;

namespace Causality.Scheduler.Plans;

/// <summary>A plan with what belongs to it, read at one moment.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Sync">The latest sync with the peer.</param>
/// <param name="Peer">The peer; null when it has been removed.</param>
/// <param name="Now">Milliseconds since the Unix epoch.</param>
internal sealed record PlanFile(PlanRecord Plan, SyncState? Sync, PeerRecord? Peer, long Now)
{
    public SyncSettings Settings { get; } = SyncJson.Read<SyncSettings>(Plan.Settings);

    public PlanFigures? Figures { get; } = Plan.Figures is null ? null : SyncJson.Read<PlanFigures>(Plan.Figures);

    /// <summary>One of <see cref="PlanStates"/>. What could not be counted in time is left out, not waited for.</summary>
    public string State => (Figures, Reason) switch
    {
        (_, not null) => PlanStates.Failed,
        (null, _) => PlanStates.Running,
        _ => IsCounting && !IsLate ? PlanStates.Running : PlanStates.Done,
    };

    public string? Reason => Plan.Reason ?? (Figures is null && IsLate ? SyncReasons.Timeout : null);

    public string? Detail => Plan.Detail
        ?? (Reason is not null ? "The differ has not answered in time; check that it runs."
            : IsCounting && IsLate ? "Conflicts were not counted: the conflict-resolver has not answered in time." : null);

    public long? ConflictsExpected => Plan.Kind == PlanKinds.Plan && Figures is { EntriesLookedAt: 0 } ? 0 : Plan.Conflicts;

    public bool IsOverImportLimit => Settings.MaxImportBytes > 0 && Figures?.Incoming.Bytes > Settings.MaxImportBytes;

    public DateTimeOffset? NextAttemptAt => (Sync is { Active: true } running ? running.NextAttemptAt : Peer is { Enabled: true } ? Peer.NextSyncAt : null) is { } at
        ? DateTimeOffset.FromUnixTimeMilliseconds(at)
        : null;

    private bool IsCounting => Figures is { EntriesLookedAt: > 0 } && Plan.Conflicts is null;

    private bool IsLate => Now > Plan.DeadlineAt;
}
