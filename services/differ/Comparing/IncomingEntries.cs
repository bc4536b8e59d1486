using System.Text;
using Causality.Contracts;
using Causality.Protocol;

namespace Causality.Differ.Comparing;

/// <summary>Reads entries from a peer to learn their ids, and keeps nothing else of them.</summary>
public sealed class IncomingEntries(ISyncProtocol protocol)
{
    /// <summary>Most bytes of ids: what a message may carry.</summary>
    private const int MostIdBytes = 1024 * 1024;

    /// <summary>The names of the entries that the peer gives; segments that are gone or wrong are left out.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="wishes">At most 1,000, of at most 10,000 entries.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<EntryName>> ReadAsync(PeerEndpoint peer, IReadOnlyList<SegmentWish> wishes, CancellationToken cancellationToken)
    {
        if (wishes.Count == 0)
            return [];

        var (names, idBytes) = (new List<EntryName>(), 0);
        await foreach (var fetched in protocol.FetchSegmentsAsync(peer, wishes, new FetchOptions(), cancellationToken))
        {
            for (var index = 0; index < (fetched.Segment?.Count ?? 0) && idBytes < MostIdBytes; index++)
            {
                var entry = fetched.Segment!.EntryAt(index);
                names.Add(new EntryName { Id = entry.Id, Hash = entry.Hash.ToString() });
                idBytes += Encoding.UTF8.GetByteCount(entry.Id);
            }

            fetched.Release();
        }

        return names;
    }
}
