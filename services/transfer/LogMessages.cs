namespace Causality.Transfer;

/// <summary>What transfer logs. Event ids 1200 to 1299.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(1200, LogLevel.Information, "Sync {SyncId}: {Stored} segments from {PeerId} stored ({Entries} new entries, {Bytes} bytes); {Remaining} remain")]
    public static partial void Transferred(this ILogger logger, Guid syncId, string peerId, long stored, long entries, long bytes, long remaining);

    [LoggerMessage(1201, LogLevel.Information, "Sync {SyncId}: {Segments} segments ({Bytes} bytes) from {PeerId} were received by a process that was killed, and found again")]
    public static partial void FoundAgain(this ILogger logger, Guid syncId, string peerId, long segments, long bytes);

    [LoggerMessage(1202, LogLevel.Debug, "Sync {SyncId}: segment {SegmentId} from {PeerId} taken: {Entries} entries, {Bytes} bytes")]
    public static partial void Took(this ILogger logger, Guid syncId, string segmentId, string peerId, int entries, long bytes);

    [LoggerMessage(1203, LogLevel.Debug, "Sync {SyncId}: segment {SegmentId} from {PeerId} not taken: {Reason}")]
    public static partial void LeftAlone(this ILogger logger, Guid syncId, string segmentId, string peerId, string? reason);
}
