namespace Causality.Contracts;

/// <summary>A deadline of a sync has passed in the database: a step without progress, or the end of a wait. Internal to the <c>scheduler</c>.</summary>
public sealed record SyncDeadlinePassed
{
    /// <summary>The sync.</summary>
    public required Guid SyncId { get; init; }

    /// <summary>The deadline that passed, milliseconds since the Unix epoch; a sync that has moved on since ignores it.</summary>
    public required long DeadlineAt { get; init; }
}
