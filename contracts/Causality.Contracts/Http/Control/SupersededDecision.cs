namespace Causality.Contracts.Http.Control;

/// <summary>A decision that a later one has superseded.</summary>
public sealed record SupersededDecision
{
    /// <summary>Counted from 1 for each conflict.</summary>
    public required int Number { get; init; }

    /// <summary>The state that it left the conflict in.</summary>
    public required string State { get; init; }

    /// <summary>What it had the view show.</summary>
    public required string WinnerHash { get; init; }

    /// <summary>The strategy.</summary>
    public required string Strategy { get; init; }

    /// <summary><c>policy</c>, <c>plugin</c>, <c>message</c> or <c>person</c>.</summary>
    public required string Decider { get; init; }

    /// <summary>Name of the person, program or plug-in.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>Why, for people.</summary>
    public string? Reason { get; init; }

    /// <summary>The peer that brought the newest version then.</summary>
    public string? PeerId { get; init; }

    /// <summary>The sync that brought it.</summary>
    public Guid? SyncId { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset DecidedAt { get; init; }

    /// <summary>When it was superseded, UTC.</summary>
    public required DateTimeOffset SupersededAt { get; init; }
}
