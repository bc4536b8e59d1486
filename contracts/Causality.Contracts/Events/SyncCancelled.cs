namespace Causality.Contracts;

/// <summary>A sync was ended on request. What it stored stays stored.</summary>
public sealed record SyncCancelled
{
    /// <summary>The sync.</summary>
    public required Guid SyncId { get; init; }

    /// <summary>The peer.</summary>
    public required string PeerId { get; init; }

    /// <summary>When it happened, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What the sync did, in the seed's fields.</summary>
    public required SyncResult Result { get; init; }

    /// <summary>Who asked and why.</summary>
    public string? Detail { get; init; }
}
