using Microsoft.Extensions.Logging;

namespace Causality.Protocol.Identity;

internal static partial class LogMessages
{
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
