using Causality.Contracts.Http.Control;
using Causality.Scheduler.Dashboard.Overview;
using Causality.Scheduler.StateMachines;

namespace Causality.Scheduler.Dashboard.Syncs;

/// <summary>What a sync's page shows.</summary>
public sealed record SyncPageModel
{
    /// <summary>Most failed segments on one page.</summary>
    public const int FailedPerPage = 100;

    /// <summary>The sync.</summary>
    public required SyncDetails Details { get; init; }

    /// <summary>Its progress; null once it has ended, or while it waits for another.</summary>
    public RunningSync? Running { get; init; }

    /// <summary>The states it has been in, in order; empty when they were not kept.</summary>
    public required IReadOnlyList<SyncPhase> Phases { get; init; }

    /// <summary>The settings in force, label and value.</summary>
    public required IReadOnlyList<(string Label, string Value)> Settings { get; init; }

    /// <summary>Its plan, counted.</summary>
    public required IReadOnlyList<PlanCount> Plan { get; init; }

    /// <summary>Segments that failed, ascending by id.</summary>
    public required IReadOnlyList<FailedSegment> Failed { get; init; }

    /// <summary>The <c>after</c> of the next page of failed segments; null at the end.</summary>
    public string? Next { get; init; }
}
