namespace Causality.Contracts;

/// <summary>Asks the <c>scheduler</c> to end a sync. What is stored stays stored; a sync that has already ended is left as it is.</summary>
public sealed record CancelSync
{
    /// <summary>The sync.</summary>
    public required Guid SyncId { get; init; }

    /// <summary>Who asks and why, for the record.</summary>
    public string? Reason { get; init; }
}
