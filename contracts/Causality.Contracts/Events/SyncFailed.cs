namespace Causality.Contracts;

/// <summary>A sync has ended badly: a fault that no retry can mend, or the retries are used up. What it stored stays stored.</summary>
public sealed record SyncFailed
{
    /// <summary>The sync.</summary>
    public required Guid SyncId { get; init; }

    /// <summary>The peer.</summary>
    public required string PeerId { get; init; }

    /// <summary>When it happened, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What the sync did, in the seed's fields.</summary>
    public required SyncResult Result { get; init; }

    /// <summary>One of <see cref="SyncReasons"/>.</summary>
    public required string Reason { get; init; }

    /// <summary>What happened and what to do, for people.</summary>
    public required string Detail { get; init; }
}
