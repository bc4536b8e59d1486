namespace Causality.Contracts.Http.Control;

/// <summary>What became of a request for one peer.</summary>
public sealed record SyncTicket
{
    /// <summary>The sync: ask for it by this id, or wait for its end on the event stream.</summary>
    public required Guid SyncId { get; init; }

    /// <summary>The peer.</summary>
    public string? PeerId { get; init; }

    /// <summary><c>begun</c>, <c>waiting</c> (it follows the one that runs) or <c>rejected</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary>Why it was rejected, one of <see cref="SyncReasons"/>; null otherwise.</summary>
    public string? Reason { get; init; }

    /// <summary>The same for people.</summary>
    public string? Detail { get; init; }
}
