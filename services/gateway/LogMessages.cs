namespace Causality.Gateway;

/// <summary>What the gateway logs. Event ids 7100 to 7199.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(7101, LogLevel.Warning, "The list of peers could not be read")]
    public static partial void PeersUnreadable(this ILogger logger, Exception exception);

    [LoggerMessage(7102, LogLevel.Warning, "The data folder takes no files: {Reason}")]
    public static partial void FolderNotWritable(this ILogger logger, string reason);
}
