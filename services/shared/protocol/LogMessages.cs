using Microsoft.Extensions.Logging;

namespace Causality.Protocol;

/// <summary>What the peers' door and the operator's key write to the process log. Event ids 7000 to 7099.</summary>
/// <remarks>All in one class: the generator takes those of two in any order, so that the same source would not always give the same assembly.</remarks>
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

    [LoggerMessage(7020, LogLevel.Warning, "The certificate of key {Pin} ends at {ExpiresAt}: restart this service, which renews it with the same key")]
    public static partial void CertificateEnds(this ILogger logger, string pin, DateTime expiresAt);

    [LoggerMessage(7021, LogLevel.Warning, "The operator's key is {Pin} by now, this service still uses {InUse}: restart it")]
    public static partial void KeyNotInUse(this ILogger logger, string pin, string inUse);

    [LoggerMessage(7022, LogLevel.Warning, "A rotation stands still: key {Pin} is {State} since {Since}; see causality identity show")]
    public static partial void RotationStands(this ILogger logger, string pin, string state, DateTimeOffset since);

    [LoggerMessage(7023, LogLevel.Warning, "The identity cannot be looked at: {Reason}")]
    public static partial void IdentityUnreadable(this ILogger logger, string reason);

    [LoggerMessage(7024, LogLevel.Warning, "Others than its owner could read the private key {Path}; its mode is 0600 now. Rotate the key if somebody may have copied it")]
    public static partial void KeyWasOpen(this ILogger logger, string path);
}
