namespace Causality.ConflictResolver;

/// <summary>What the conflict-resolver logs. Event ids 1300 to 1399.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(1300, LogLevel.Information, "Sync {SyncId}: {Conflicts} conflicts came to light with {PeerId}")]
    public static partial void Resolved(this ILogger logger, Guid syncId, string peerId, long conflicts);

    [LoggerMessage(1301, LogLevel.Warning, "Plug-in {Plugin} failed on the conflict about '{Subject}'; it is left to people")]
    public static partial void PluginFailed(this ILogger logger, Exception exception, string plugin, string subject);

    [LoggerMessage(1302, LogLevel.Warning, "Plug-in {Plugin} chose {Hash}, which is no version of '{Subject}'; the conflict is left to people")]
    public static partial void PluginChoseAStranger(this ILogger logger, string plugin, string hash, string subject);

    [LoggerMessage(1303, LogLevel.Warning, "Conflicts cannot be looked for now; the next look is due in a while")]
    public static partial void CheckFailed(this ILogger logger, Exception exception);

    [LoggerMessage(1304, LogLevel.Information, "Conflicts are looked for again")]
    public static partial void CheckRecovered(this ILogger logger);

    [LoggerMessage(1305, LogLevel.Warning, "A decision about '{Subject}' came by message and cannot be used: {Why}")]
    public static partial void DecisionRefused(this ILogger logger, string subject, string why);

    [LoggerMessage(1306, LogLevel.Information, "{Count} conflicts were decided by the fallback: nobody answered in time")]
    public static partial void FellBack(this ILogger logger, int count);
}
