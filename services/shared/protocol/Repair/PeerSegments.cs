using System.Runtime.CompilerServices;
using Causality.Contracts;
using Causality.Core;
using Causality.Storage.Database;
using Causality.Storage.Database.Records;
using Causality.Storage.Maintenance;
using Microsoft.EntityFrameworkCore;

namespace Causality.Protocol.Repair;

/// <summary>Asks the enabled peers, one after the other, for contents that are damaged here. Reads <c>scheduler.peers</c>.</summary>
internal sealed class PeerSegments(ISyncProtocol protocol, IDbContextFactory<CausalityDbContext> databases) : ISegmentSource
{
    /// <inheritdoc/>
    public async IAsyncEnumerable<SegmentFind> FindAsync(IReadOnlyList<SegmentMetadata> wanted, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var missing = wanted.ToDictionary(segment => segment.Id);
        var notes = new Dictionary<SegmentId, List<string>>();
        var peers = await PeersAsync(cancellationToken).ConfigureAwait(false);
        foreach (var peer in peers)
        {
            if (missing.Count == 0)
                break;

            // Peers are asked for what is shared with them, and for nothing else.
            var scope = SegmentScope.Of(peer.Scope);
            var wishes = missing.Values.Where(segment => scope.Contains(segment.Id)).Select(segment => new SegmentWish(segment)).ToList();
            foreach (var hidden in missing.Keys.Where(id => !scope.Contains(id)))
                Note(notes, hidden, peer, "not shared with it");
            if (wishes.Count == 0)
                continue;

            var answers = protocol.FetchSegmentsAsync(peer, wishes, new FetchOptions(), cancellationToken).GetAsyncEnumerator(cancellationToken);
            await using (answers.ConfigureAwait(false))
            {
                while (await NextAsync(answers, peer, missing.Keys, notes).ConfigureAwait(false) is { } answer)
                {
                    if (answer.Segment is null)
                    {
                        Note(notes, answer.Wanted.Id, peer, answer.Reason == FetchedSegment.Gone ? "has another content, or none" : answer.Detail ?? answer.Reason ?? "refused");
                        continue;
                    }

                    missing.Remove(answer.Wanted.Id);
                    yield return new SegmentFind(answer.Wanted, answer.Segment, peer.Id);
                    answer.Release();
                }
            }
        }

        foreach (var segment in missing.Values)
            yield return new SegmentFind(segment, null, peers.Count == 0 ? "there is no enabled peer to ask" : string.Join("; ", notes.GetValueOrDefault(segment.Id) ?? ["no peer answered"]));
    }

    private static async Task<FetchedSegment?> NextAsync(IAsyncEnumerator<FetchedSegment> answers, PeerEndpoint peer, IEnumerable<SegmentId> missing, Dictionary<SegmentId, List<string>> notes)
    {
        try
        {
            return await answers.MoveNextAsync().ConfigureAwait(false) ? answers.Current : null;
        }
        catch (Exception e) when (e is PeerUnavailableException or PeerRefusedException or ProtocolViolationException)
        {
            // What it has not answered for is asked of the next peer.
            foreach (var id in missing)
                Note(notes, id, peer, e.Message);
            return null;
        }
    }

    private static void Note(Dictionary<SegmentId, List<string>> notes, SegmentId id, PeerEndpoint peer, string what)
    {
        if (!notes.TryGetValue(id, out var about))
            notes[id] = about = [];
        about.Add($"{peer.Id}: {what}");
    }

    private async Task<IReadOnlyList<PeerEndpoint>> PeersAsync(CancellationToken cancellationToken)
    {
        var database = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            var rows = await database.Set<PeerRecord>().AsNoTracking().Where(peer => peer.Enabled).OrderBy(peer => peer.Id).ToListAsync(cancellationToken).ConfigureAwait(false);
            return rows.ConvertAll(row => new PeerEndpoint { Id = row.Id, Address = row.Address, Pins = row.Pins.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), Scope = SegmentScope.Parse(row.Scope).Prefixes });
        }
    }
}
