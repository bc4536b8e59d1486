using Microsoft.Extensions.Logging;

namespace Causality.Protocol.Server;

internal static partial class LogMessages
{
    [LoggerMessage(7001, LogLevel.Information, "Refused {Reason} ({Status}) {Method} from peer {Peer} at {Address} with key {Pin}, trace {TraceId}; {LeftOut} refusals before it were only counted")]
    public static partial void RequestRefused(this ILogger logger, string reason, int status, string method, string peer, System.Net.IPAddress? address, string pin, string traceId, int leftOut);

    [LoggerMessage(7005, LogLevel.Warning, "Key {Pin} is let in no more: {Count} open connections were cut")]
    public static partial void PeerCut(this ILogger logger, string pin, int count);

    [LoggerMessage(7006, LogLevel.Warning, "Nobody can say which peers are let in no more: {Reason}")]
    public static partial void RevocationUnknown(this ILogger logger, string reason);

    [LoggerMessage(7004, LogLevel.Debug, "Refused {Reason} ({Status}) {Method} {Path}, trace {TraceId}")]
    public static partial void ApplicationRefused(this ILogger logger, string reason, int status, string method, string path, string traceId);

    [LoggerMessage(7002, LogLevel.Error, "{Method} {Path} failed, trace {TraceId}")]
    public static partial void RequestFailed(this ILogger logger, Exception exception, string method, string path, string traceId);

    [LoggerMessage(7003, LogLevel.Error, "Segment {SegmentId} ({ContentHash}) could not be read to its end while it was sent to peer {Peer}: {Reason}")]
    public static partial void SegmentDamaged(this ILogger logger, Exception? exception, string segmentId, string contentHash, string peer, string reason);
}
