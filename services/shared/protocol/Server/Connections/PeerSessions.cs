using System.Collections.Concurrent;

namespace Causality.Protocol.Server.Connections;

/// <summary>What peers have open here: connections, or requests that a proxy has passed on. So that they can be cut when a peer is let in no more.</summary>
internal sealed class PeerSessions
{
    private readonly ConcurrentDictionary<long, (string Pin, Action Cut)> _open = new();
    private long _last;

    /// <summary>Pins of everybody who has something open.</summary>
    public IReadOnlyCollection<string> Pins => [.. _open.Values.Select(session => session.Pin).Distinct(StringComparer.Ordinal)];

    /// <summary>Adds one.</summary>
    /// <param name="pin">By which key it came in.</param>
    /// <param name="cut">Ends it.</param>
    /// <returns>Takes it out again.</returns>
    public Action Open(string pin, Action cut)
    {
        var number = Interlocked.Increment(ref _last);
        _open[number] = (pin, cut);
        return () => _open.TryRemove(number, out _);
    }

    /// <summary>Cuts all of a key.</summary>
    /// <returns>How many.</returns>
    public int Cut(string pin)
    {
        var cut = 0;
        foreach (var (number, session) in _open)
        {
            if (session.Pin != pin || !_open.TryRemove(number, out _))
                continue;
            session.Cut();
            cut++;
        }

        return cut;
    }
}
