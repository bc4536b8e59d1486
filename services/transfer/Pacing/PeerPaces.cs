using System.Collections.Concurrent;
using Causality.Contracts;
using Causality.Protocol;
using Causality.Protocol.Pacing;
using Causality.Transfer.Options;
using Microsoft.Extensions.Options;

namespace Causality.Transfer.Pacing;

/// <summary>The limits of the peers: one bucket for each peer, whatever syncs and streams use it, both directions together.</summary>
/// <param name="options">The schedule.</param>
/// <param name="time">The clock; windows are in UTC.</param>
public sealed class PeerPaces(IOptionsMonitor<TransferOptions> options, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Peer> _peers = new(StringComparer.Ordinal);

    /// <summary>The pace of a peer.</summary>
    /// <param name="peerId">The peer.</param>
    /// <param name="settings">Of the sync; its limit counts where no window of the schedule says otherwise.</param>
    public ITransferPace Of(string peerId, SyncSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var peer = _peers.GetOrAdd(peerId, id => new Peer(limit => LimitOf(id, limit), time));
        peer.SetLimit(settings.BandwidthBytesPerSecond);
        return peer.Pace;
    }

    private long LimitOf(string peerId, long otherwise)
    {
        var now = TimeOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        return options.CurrentValue.Bandwidth.Find(window => window.Covers(peerId, now))?.BytesPerSecond ?? otherwise;
    }

    private sealed class Peer
    {
        private long _limit;

        public Peer(Func<long, long> limit, TimeProvider time) => Pace = new PeerPace(() => limit(Interlocked.Read(ref _limit)), time);

        public ITransferPace Pace { get; }

        public void SetLimit(long limit) => Interlocked.Exchange(ref _limit, limit);
    }
}
