namespace Causality.Scheduler;

/// <summary>What the scheduler logs. Event ids 1000 to 1099.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(1000, LogLevel.Error, "The scheduler's pass {Pass} failed and is tried again until it succeeds")]
    public static partial void SchedulerPassFailed(this ILogger logger, Exception exception, string pass);

    [LoggerMessage(1008, LogLevel.Information, "The scheduler's pass {Pass} succeeds again")]
    public static partial void SchedulerPassRecovered(this ILogger logger, string pass);

    [LoggerMessage(1001, LogLevel.Information, "The scheduler has stopped")]
    public static partial void SchedulerStopped(this ILogger logger);

    [LoggerMessage(1002, LogLevel.Information, "Peer {PeerId} added at {Address}")]
    public static partial void PeerAdded(this ILogger logger, string peerId, string address);

    [LoggerMessage(1003, LogLevel.Information, "Peer {PeerId} removed")]
    public static partial void PeerRemoved(this ILogger logger, string peerId);

    [LoggerMessage(1004, LogLevel.Information, "Peer {PeerId} switched {State}")]
    public static partial void PeerSwitched(this ILogger logger, string peerId, string state);

    [LoggerMessage(1005, LogLevel.Warning, "Peer discovery {Source} failed; the peers known so far stay")]
    public static partial void DiscoveryFailed(this ILogger logger, Exception exception, string source);

    [LoggerMessage(1006, LogLevel.Information, "Peer discovery {Source} named {Count} peers, {Changed} of them new or changed")]
    public static partial void DiscoveryRead(this ILogger logger, string source, int count, int changed);

    [LoggerMessage(1007, LogLevel.Warning, "Peer discovery {Source} names peer '{PeerId}', which cannot be added: {Fault}")]
    public static partial void DiscoveredPeerInvalid(this ILogger logger, string source, string peerId, string fault);
}
