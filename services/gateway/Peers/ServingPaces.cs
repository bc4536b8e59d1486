using System.Collections.Concurrent;
using Causality.Core;
using Causality.Gateway.Options;
using Causality.Protocol;
using Causality.Protocol.Pacing;
using Causality.Protocol.Server;
using Microsoft.Extensions.Options;

namespace Causality.Gateway.Peers;

/// <summary>One bucket for each peer, whatever the number of its connections; windows of the day go before the general limit.</summary>
internal sealed class ServingPaces(IOptionsMonitor<GatewayOptions> options, TimeProvider time) : IServingPaces
{
    private readonly ConcurrentDictionary<OperatorId, ITransferPace> _paces = new();

    /// <inheritdoc/>
    public ITransferPace? Of(OperatorId peer)
    {
        // Also while no window is open: one may open in the middle of an answer.
        var (now, id) = (options.CurrentValue, peer.Value);
        return now.BandwidthBytesPerSecond > 0 || now.Bandwidth.Exists(window => window.Peer is null || window.Peer == id)
            ? _paces.GetOrAdd(peer, _ => new PeerPace(() => LimitOf(id), time))
            : null;
    }

    private long LimitOf(string peer) =>
        options.CurrentValue.Bandwidth.Find(window => window.Covers(peer, TimeOnly.FromDateTime(time.GetUtcNow().UtcDateTime)))?.BytesPerSecond ?? options.CurrentValue.BandwidthBytesPerSecond;
}
