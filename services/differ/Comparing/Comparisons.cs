using Causality.Contracts;
using Causality.Core;
using Causality.Protocol;
using Causality.Storage.Log.Sharing;

namespace Causality.Differ.Comparing;

/// <summary>Begins comparisons: asks the peer who it is, and takes the part of our log that both sides share.</summary>
public sealed class Comparisons(ISyncProtocol protocol, SharedLogs logs)
{
    /// <summary>Both sides at one moment, before anybody has looked further than the roots.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="settings">Of the sync.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Comparison> BeginAsync(PeerEndpoint peer, SyncSettings settings, CancellationToken cancellationToken)
    {
        var info = await protocol.GetInfoAsync(peer, cancellationToken);
        var ours = logs.Of(SegmentScope.Of(peer.Scope).Intersect(info.Scope));
        return new Comparison(peer, settings, info, ours, (await ours.Log.GetHeadAsync(cancellationToken)).Fingerprint.ToRoot());
    }
}
