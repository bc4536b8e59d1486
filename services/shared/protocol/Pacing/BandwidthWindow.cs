namespace Causality.Protocol.Pacing;

/// <summary>A part of the day in which a peer has a limit of its own. The first window that fits counts.</summary>
public sealed class BandwidthWindow
{
    /// <summary>The peer's operator id.</summary>
    /// <value>Default null: every peer.</value>
    public string? Peer { get; set; }

    /// <summary>Beginning, UTC, included.</summary>
    /// <value>Default 00:00.</value>
    public TimeOnly From { get; set; }

    /// <summary>End, UTC, not included; before <see cref="From"/> for a window over midnight, equal to it for the whole day.</summary>
    /// <value>Default 00:00.</value>
    public TimeOnly To { get; set; }

    /// <summary>Most bytes per second from and to the peer meanwhile; 0 for no limit.</summary>
    /// <value>Default 0.</value>
    public long BytesPerSecond { get; set; }

    /// <summary>Least limit: less would let connections seem dead.</summary>
    public const long LeastBytesPerSecond = 1_024;

    private const int MaxWindows = 100;

    /// <summary>What is wrong with some windows, one sentence each.</summary>
    /// <param name="windows">At most 100.</param>
    /// <param name="setting">Their name in the configuration.</param>
    public static IEnumerable<string> FaultsOf(IReadOnlyList<BandwidthWindow> windows, string setting)
    {
        if (windows.Count > MaxWindows)
            yield return $"{setting} has {windows.Count} windows; at most {MaxWindows} are allowed.";
        for (var i = 0; i < windows.Count; i++)
        {
            if (windows[i].BytesPerSecond is < 0 or (> 0 and < LeastBytesPerSecond))
                yield return $"{setting}:{i}:{nameof(BytesPerSecond)} is {windows[i].BytesPerSecond}; it must be 0 for no limit, or at least {LeastBytesPerSecond}.";
        }
    }

    /// <summary>True when it says something of a peer at a time of the day.</summary>
    public bool Covers(string peerId, TimeOnly now) => (Peer is null || Peer == peerId) && (From == To || now.IsBetween(From, To));
}
