namespace Causality.Contracts;

/// <summary>A request became a sync.</summary>
public sealed record SyncAccepted
{
    /// <summary>The sync.</summary>
    public required Guid SyncId { get; init; }

    /// <summary>The peer.</summary>
    public required string PeerId { get; init; }

    /// <summary>When it happened, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who asked.</summary>
    public string? RequestedBy { get; init; }
}
