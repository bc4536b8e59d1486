using Microsoft.Extensions.Logging;

namespace Causality.Messaging;

/// <summary>What the bus has to say, event ids 2000 to 2099.</summary>
internal static partial class MessagingLog
{
    [LoggerMessage(2000, LogLevel.Warning, "Message {MessageId} to {Destination} could not be sent after its commit; the outbox sweeper takes over until it has caught up.")]
    internal static partial void FastPathFailed(ILogger logger, Guid messageId, string destination, Exception error);

    [LoggerMessage(2001, LogLevel.Warning, "{Count} messages could not be handed to the outbox sweeper; they are sent when their grace ends.")]
    internal static partial void ReleaseFailed(ILogger logger, int count, Exception error);

    [LoggerMessage(2002, LogLevel.Error, "The outbox could not be swept; nothing is lost, the next sweep tries again.")]
    internal static partial void SweepFailed(ILogger logger, Exception error);

    [LoggerMessage(2003, LogLevel.Warning, "Message {MessageId} to {Destination} could not be sent, attempt {Attempts}; it is kept and tried again.")]
    internal static partial void SendFailed(ILogger logger, Guid messageId, string destination, int attempts, Exception error);

    [LoggerMessage(2004, LogLevel.Warning, "{Count} sent messages could not be deleted from the outbox; they will be sent again and dropped by their consumers.")]
    internal static partial void DeleteFailed(ILogger logger, int count, Exception error);

    [LoggerMessage(2005, LogLevel.Debug, "Message {MessageId} has been dealt with by {Consumer} before; dropped.")]
    internal static partial void Duplicate(ILogger logger, Guid messageId, string consumer);

    [LoggerMessage(2006, LogLevel.Warning, "The inbox could not be purged; the next round tries again.")]
    internal static partial void PurgeFailed(ILogger logger, Exception error);

    [LoggerMessage(2007, LogLevel.Information, "The bus uses {Transport} {Broker}.")]
    internal static partial void Using(ILogger logger, BusTransport transport, string broker);

    [LoggerMessage(2008, LogLevel.Warning, "Not every consumer ended in time; what they had is not acknowledged and goes to another process.")]
    internal static partial void EndpointsNotStopped(ILogger logger, Exception error);

    [LoggerMessage(2009, LogLevel.Error, "The broker {Broker} refuses the login of the user '{User}': it has no such user, or another password. We try again until it lets us in; make the user, or mend Bus:Uri and restart.")]
    internal static partial void LoginRefused(ILogger logger, string broker, string user);

    [LoggerMessage(2010, LogLevel.Information, "The broker {Broker} lets us in again.")]
    internal static partial void LoginAccepted(ILogger logger, string broker);
}
