using Causality.Scheduler.Dashboard.Overview;

namespace Causality.Scheduler.Dashboard.Peers;

/// <summary>What a peer's page shows.</summary>
public sealed record PeerPageModel
{
    /// <summary>Most syncs on one page.</summary>
    public const int RunsPerPage = 50;

    /// <summary>The peer and how we stand with it.</summary>
    public required PeerRow Row { get; init; }

    /// <summary>Its sync under way; null for none.</summary>
    public RunningSync? Running { get; init; }

    /// <summary>Syncs of this page, latest first.</summary>
    public required IReadOnlyList<SyncRun> History { get; init; }

    /// <summary>The <c>before</c> of the next page; null at the end.</summary>
    public long? Next { get; init; }
}
