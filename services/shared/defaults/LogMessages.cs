using Microsoft.Extensions.Logging;

namespace Causality.ServiceDefaults;

/// <summary>What every service logs. Event ids 900 to 999.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(900, LogLevel.Warning, "Step {Step} of sync {SyncId}, attempt {Attempt}, failed: {Reason}: {Detail}")]
    public static partial void StepFailed(this ILogger logger, string step, Guid syncId, int attempt, string reason, string detail);

    [LoggerMessage(901, LogLevel.Information, "Step {Step} of sync {SyncId}, attempt {Attempt}, has been stopped")]
    public static partial void AttemptStopped(this ILogger logger, string step, Guid syncId, int attempt);

    [LoggerMessage(902, LogLevel.Warning, "The gauges of {Source} cannot be renewed and will not be told until they can: {Reason}")]
    public static partial void GaugesFailed(this ILogger logger, string source, string reason);

    [LoggerMessage(903, LogLevel.Information, "The gauges of {Source} are renewed again")]
    public static partial void GaugesRecovered(this ILogger logger, string source);

    [LoggerMessage(910, LogLevel.Warning, "Access refused, {Reason}: {Method} {Route} by {Name} from {Address}, trace {TraceId}")]
    public static partial void AccessRefused(this ILogger logger, string reason, string method, string route, string name, string address, string traceId);

    [LoggerMessage(911, LogLevel.Information, "{Name} does {Method} {Route} from {Address}, trace {TraceId}")]
    public static partial void AccessUsed(this ILogger logger, string name, string method, string route, string address, string traceId);

    [LoggerMessage(912, LogLevel.Warning, "The use of token {Name} could not be noted: {Reason}")]
    public static partial void TokenUseNotNoted(this ILogger logger, string name, string reason);
}
