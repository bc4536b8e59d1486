using System.Buffers.Binary;
using Causality.Core;
using Causality.Storage.Database;
using Causality.Storage.Database.Records;
using Microsoft.EntityFrameworkCore;

namespace Causality.Storage.Log;

/// <summary>Writes down which peer brought what, in the transaction of the import. The conflict ledger names the peer of each version from it.</summary>
public static class Arrivals
{
    private const int PrefixBytes = sizeof(ulong);

    /// <summary>Adds a row for each segment that the import changed; to be called in <c>alongside</c> of <see cref="ISyncableStorage.ImportBatchAsync"/>.</summary>
    /// <param name="database">The import's own.</param>
    /// <param name="results">What the import did.</param>
    /// <param name="peerId">Who brought it.</param>
    /// <param name="syncId">The sync; null when the peer sent it by itself.</param>
    /// <param name="now">Milliseconds since the Unix epoch.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task RecordAsync(
        CausalityDbContext database, IReadOnlyList<ImportResult> results, string peerId, Guid? syncId, long now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(results);
        if (results.All(result => result.Outcome == ImportOutcome.Unchanged))
            return;

        // Under the lock that the import holds: what it has made of the log.
        var version = await database.Set<HeadRecord>().Select(head => head.Version).SingleAsync(cancellationToken).ConfigureAwait(false);
        foreach (var result in results.Where(result => result.Outcome != ImportOutcome.Unchanged))
        {
            database.Add(new ArrivalRecord
            {
                SegmentId = result.Metadata.Id.Value,
                PeerId = peerId,
                SyncId = syncId,
                LogVersion = version,
                ArrivedAt = now,
                Added = result.Added is { } added ? Prefixes(added) : null,
            });
        }
    }

    /// <summary>Starts of the entry hashes that a row names.</summary>
    internal static IEnumerable<ulong> PrefixesIn(byte[] added)
    {
        for (var start = 0; start + PrefixBytes <= added.Length; start += PrefixBytes)
            yield return BinaryPrimitives.ReadUInt64BigEndian(added.AsSpan(start));
    }

    private static byte[] Prefixes(IReadOnlyList<ContentHash> hashes)
    {
        var bytes = new byte[hashes.Count * PrefixBytes];
        for (var index = 0; index < hashes.Count; index++)
            BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(index * PrefixBytes), hashes[index].Prefix);
        return bytes;
    }
}
