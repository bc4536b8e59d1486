using Causality.Contracts.Http.Control;

namespace Causality.Scheduler.Dashboard.Rendering;

/// <summary>What every page knows of its viewer and its moment.</summary>
public sealed record PageFrame
{
    /// <summary>The operator.</summary>
    public required string OperatorId { get; init; }

    /// <summary>Who looks, by the name of the token.</summary>
    public required string User { get; init; }

    /// <summary>Whether there is a session to end.</summary>
    public required bool HasSession { get; init; }

    /// <summary>Whether the viewer may change anything; without it no page shows a button that does.</summary>
    public required bool MayOperate { get; init; }

    /// <summary>The moment of the page, UTC.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Path and query of the page.</summary>
    public required string Path { get; init; }

    /// <summary>What the last action did, for the top of the page; null for none.</summary>
    public Notice? Notice { get; init; }
}
