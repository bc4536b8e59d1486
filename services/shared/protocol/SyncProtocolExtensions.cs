using Causality.Contracts;
using Causality.Core;

namespace Causality.Protocol;

/// <summary>Shorter ways to say the usual.</summary>
public static class SyncProtocolExtensions
{
    /// <summary>Many whole segments; see <see cref="ISyncProtocol.FetchSegmentsAsync"/>.</summary>
    public static IAsyncEnumerable<FetchedSegment> FetchSegmentsAsync(
        this ISyncProtocol protocol, PeerEndpoint peer, IReadOnlyList<SegmentMetadata> wanted, bool verifyHashes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(protocol);
        return protocol.FetchSegmentsAsync(peer, [.. wanted.Select(segment => new SegmentWish(segment))], new FetchOptions { VerifyHashes = verifyHashes }, cancellationToken);
    }
}
