namespace Causality.Differ;

/// <summary>What the differ logs. Event ids 1100 to 1199.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(1100, LogLevel.Information, "Sync {SyncId}: compared with {PeerId}; in sync: {InSync}; {Segments} segments ({Bytes} bytes) to move; {RoundTrips} round trips, {BytesExchanged} bytes")]
    public static partial void Compared(this ILogger logger, Guid syncId, string peerId, bool inSync, long segments, long bytes, long roundTrips, long bytesExchanged);

    [LoggerMessage(1101, LogLevel.Information, "Sync {SyncId}: {Segments} segments that differ from those of {PeerId} are left out: {Reasons}")]
    public static partial void LeftOut(this ILogger logger, Guid syncId, string peerId, long segments, string reasons);

    [LoggerMessage(1102, LogLevel.Information, "Plan {PlanId}: compared with {PeerId}; in sync: {InSync}; {Incoming} segments would come in, {Outgoing} would go out; nothing was moved")]
    public static partial void Planned(this ILogger logger, Guid planId, string peerId, bool inSync, long incoming, long outgoing);
}
