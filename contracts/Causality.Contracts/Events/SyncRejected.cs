namespace Causality.Contracts;

/// <summary>A request did not become a sync; nothing was done.</summary>
public sealed record SyncRejected
{
    /// <summary>The id that the request carried or was given.</summary>
    public required Guid SyncId { get; init; }

    /// <summary>The peer that the request named, shortened and made printable; null when it named none.</summary>
    public string? PeerId { get; init; }

    /// <summary>When it happened, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>One of <see cref="SyncReasons"/>.</summary>
    public required string Reason { get; init; }

    /// <summary>What is wrong and what to do, for people.</summary>
    public required string Detail { get; init; }
}
