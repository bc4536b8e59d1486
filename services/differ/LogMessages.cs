namespace Causality.Differ;

/// <summary>What the differ logs. Event ids 1100 to 1199.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(1100, LogLevel.Information, "Sync {SyncId}: compared with {PeerId}; in sync: {InSync}; {Segments} segments ({Bytes} bytes) to fetch")]
    public static partial void Compared(this ILogger logger, Guid syncId, string peerId, bool inSync, long segments, long bytes);
}
