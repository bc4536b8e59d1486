namespace Causality.Contracts;

/// <summary>Tells the saga that a sync has been admitted and may begin. Internal to the <c>scheduler</c>.</summary>
public sealed record BeginSync
{
    /// <summary>The sync.</summary>
    public required Guid SyncId { get; init; }
}
