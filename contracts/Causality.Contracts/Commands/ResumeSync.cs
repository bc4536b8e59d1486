namespace Causality.Contracts;

/// <summary>Asks the <c>scheduler</c> to go on with a paused sync; it compares anew.</summary>
public sealed record ResumeSync
{
    /// <summary>The sync.</summary>
    public required Guid SyncId { get; init; }
}
