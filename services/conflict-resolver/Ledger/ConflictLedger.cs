using Causality.Core;
using Causality.Storage.Database;
using Causality.Storage.Log.Index;
using Microsoft.EntityFrameworkCore;

namespace Causality.ConflictResolver.Ledger;

/// <summary>Records conflicts and which version won; recording the same again changes nothing.</summary>
internal static class ConflictLedger
{
    public const string LatestWinsRule = "latest-wins";

    /// <summary>Records conflicts in the caller's transaction.</summary>
    /// <param name="database">In a write transaction.</param>
    /// <param name="conflicts">Each with its versions descending by key: the first one wins.</param>
    /// <param name="syncId">The sync that brought them to light.</param>
    /// <param name="peerId">Its peer.</param>
    /// <param name="now">Milliseconds since the Unix epoch.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task RecordAsync(CausalityDbContext database, IReadOnlyCollection<EntryConflict> conflicts, Guid syncId, string peerId, long now, CancellationToken cancellationToken)
    {
        var ids = conflicts.Select(conflict => conflict.EntryId).ToList();
        var known = await database.Set<ConflictVersion>().Where(version => ids.Contains(version.EntryId))
            .ToDictionaryAsync(version => (version.EntryId, version.EntryHash), cancellationToken);
        foreach (var conflict in conflicts)
        {
            var winner = conflict.Versions[0].Key.Hash;
            foreach (var version in conflict.Versions)
                Record(database, known, conflict.EntryId, version.Key, version.Key.Hash == winner, syncId, peerId, now);
        }
    }

    /// <summary>Entry ids whose conflict, or another version of it, this sync brought to light.</summary>
    public static Task<long> CountAsync(CausalityDbContext database, Guid syncId, CancellationToken cancellationToken) =>
        database.Set<ConflictVersion>().Where(version => version.SyncId == syncId).Select(version => version.EntryId).Distinct().LongCountAsync(cancellationToken);

    /// <summary>Versions in the ledger.</summary>
    public static Task<long> CountAllAsync(CausalityDbContext database, CancellationToken cancellationToken) =>
        database.Set<ConflictVersion>().LongCountAsync(cancellationToken);

    private static void Record(
        CausalityDbContext database, Dictionary<(string, string), ConflictVersion> known, string entryId, EntryKey key, bool won, Guid syncId, string peerId, long now)
    {
        if (known.TryGetValue((entryId, key.Hash.ToString()), out var row))
        {
            if (row.Won == won)
                return;
            row.Won = won;
            row.DecidedAt = now;
            return;
        }

        database.Add(new ConflictVersion
        {
            EntryId = entryId,
            EntryHash = key.Hash.ToString(),
            Timestamp = key.Timestamp,
            Won = won,
            Rule = LatestWinsRule,
            SyncId = syncId,
            PeerId = peerId,
            DecidedAt = now,
        });
    }
}
