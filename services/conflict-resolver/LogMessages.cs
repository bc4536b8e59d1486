namespace Causality.ConflictResolver;

/// <summary>What the conflict-resolver logs. Event ids 1300 to 1399.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(1300, LogLevel.Information, "Sync {SyncId}: {Conflicts} conflicts came to light with {PeerId}")]
    public static partial void Resolved(this ILogger logger, Guid syncId, string peerId, long conflicts);
}
