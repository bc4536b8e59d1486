namespace Causality.Contracts;

/// <summary>Tells the saga that the message of its present step may have been lost with the broker's queues. Internal to the <c>scheduler</c>.</summary>
public sealed record RedriveSync
{
    /// <summary>The sync.</summary>
    public required Guid SyncId { get; init; }
}
