using Causality.Contracts.Http.Control;
using Causality.Scheduler.Dashboard.Rendering;
using Causality.Scheduler.Dashboard.Throughput;

namespace Causality.Scheduler.Dashboard.Overview;

/// <summary>What the overview shows.</summary>
public sealed record OverviewModel
{
    /// <summary>Most peers on one page.</summary>
    public const int PeersPerPage = 50;

    /// <summary>What a person should look at now, worst first.</summary>
    public required IReadOnlyList<Alarm> Alarms { get; init; }

    /// <summary>Whether the schedule begins syncs.</summary>
    public required bool ScheduleRunning { get; init; }

    /// <summary>The peers of this page, ascending by id.</summary>
    public required IReadOnlyList<PeerRow> Peers { get; init; }

    /// <summary>How many conflicts there are, or why that is not known.</summary>
    public required Reading<ConflictSummary> Conflicts { get; init; }

    /// <summary>What syncs did in the last hour.</summary>
    public required FigureModel LastHour { get; init; }

    /// <summary>Number of peers in all.</summary>
    public required int PeerCount { get; init; }

    /// <summary>This page, counted from 1.</summary>
    public required int Page { get; init; }

    /// <summary>Syncs under way, oldest first; at most <see cref="PeersPerPage"/>.</summary>
    public required IReadOnlyList<RunningSync> Running { get; init; }

    /// <summary>Syncs under way in all.</summary>
    public required int RunningCount { get; init; }
}
