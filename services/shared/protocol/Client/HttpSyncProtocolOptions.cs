namespace Causality.Protocol.Client;

/// <summary>How long the client waits for a peer. The time of a whole operation is the caller's token.</summary>
public sealed record HttpSyncProtocolOptions
{
    /// <summary>Longest time to connect, the TLS handshake included.</summary>
    /// <value>Default 5 s.</value>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest time in which nothing at all arrives.</summary>
    /// <value>Default 30 s.</value>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Slowest answer that is worth waiting for, on average over the time that was spent waiting for its body.</summary>
    /// <value>Default 512 bytes a second. A peer that sends a byte now and then is never idle, and would hold a sync for days.</value>
    public int MinimumBytesPerSecond { get; init; } = 512;

    /// <summary>Time for an answer to get going before its speed is looked at.</summary>
    /// <value>Default 30 s.</value>
    public TimeSpan SpeedGrace { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Slowest line for what we send: the end of it may still be on its way, in the buffers of both systems, when all of it has gone out from here.</summary>
    /// <value>Default 16 KiB a second, as slow as gateways let a segment come in.</value>
    public int SendingBytesPerSecond { get; init; } = 16 * 1024;

    /// <summary>Most peers with open connections; the least recently used ones are closed.</summary>
    /// <value>Default 64.</value>
    public int MaxPeers { get; init; } = 64;

    /// <summary>Segments asked for in one page of the list.</summary>
    /// <value>Default 10,000, the most that a peer answers.</value>
    public int PageSize { get; init; } = Contracts.Http.SyncLimits.MaxPageSize;
}
