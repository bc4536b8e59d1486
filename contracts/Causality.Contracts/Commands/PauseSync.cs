namespace Causality.Contracts;

/// <summary>Asks the <c>scheduler</c> to hold a sync back until <see cref="ResumeSync"/>. What is stored stays stored.</summary>
public sealed record PauseSync
{
    /// <summary>The sync.</summary>
    public required Guid SyncId { get; init; }
}
