using System.Runtime.CompilerServices;
using System.Text;
using Causality.Core;
using Microsoft.Extensions.Logging;

namespace Causality.Storage.Log.Index;

/// <summary>Every entry of the log in memory, by id and by hash: finds entries, duplicates and conflicts without a row per entry.</summary>
/// <remarks>
/// Built from the change feed at first use and brought up to date by <see cref="RefreshAsync"/>; as many segments as there are cores are in memory meanwhile.
/// 64 bytes for each entry, 16 for each place it stands in, and 21 to 43 for the two tables. Derived and in memory only: a process that dies leaves
/// nothing behind that could be wrong, and the next one builds it anew. Thread-safe.
/// </remarks>
public sealed partial class EntryIndex : IDisposable
{
    private const int Attempts = 5;

    private readonly SegmentCatalog _catalog;
    private readonly SegmentContents _contents;
    private readonly ILogger<EntryIndex> _logger;
    private readonly Lock _lock = new();
    private SegmentTable _table = new();
    private long _version;

    internal EntryIndex(SegmentCatalog catalog, SegmentContents contents, ILogger<EntryIndex> logger) => (_catalog, _contents, _logger) = (catalog, contents, logger);

    /// <summary>The version of the log that the index reflects; 0 before the first refresh.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>Number of distinct entries.</summary>
    public long Count => Locked(table => table.Entries.Count);

    /// <summary>Number of ids with more than one version.</summary>
    public long ConflictCount => Locked(table => table.Entries.Conflicts);

    /// <summary>Number of versions of those ids, at least two of each.</summary>
    public long ConflictVersionCount => Locked(table => table.Entries.ConflictVersions);

    /// <inheritdoc/>
    public void Dispose() => _refreshing.Dispose();

    /// <summary>The versions of an id, descending by key; empty for an unknown id.</summary>
    /// <param name="entryId">The id.</param>
    public IReadOnlyList<EntryVersion> VersionsOf(string entryId)
    {
        var key = IdKeys.Of(Encoding.UTF8.GetBytes(entryId));
        return Locked(table => table.VersionsOf(table.Entries.Latest(key)));
    }

    /// <summary>Finds the ids that have other versions than those in the given segments alone, or several in them.</summary>
    /// <param name="segments">Where to look; null for the whole log. Unknown ones are passed over.</param>
    /// <param name="pieceSize">About how many versions one piece of the answer holds, so that its reader's memory is bounded.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Each id once, in no order, with all of its versions that stand in segments.</returns>
    /// <remarks>Refresh first. Each entry is read from a blob; those of one piece that stand in one blob, in one go.</remarks>
    public async IAsyncEnumerable<IReadOnlyList<ContestedId>> FindContestedAsync(
        IReadOnlyCollection<SegmentId>? segments, int pieceSize, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var (piece, size) = (new List<int>(), 0);
        foreach (var latest in Locked(table => table.Contested(segments)))
        {
            piece.Add(latest);
            size += Locked(table => table.CountVersions(latest));
            if (size < pieceSize)
                continue;

            yield return await ReadAsync(piece, cancellationToken).ConfigureAwait(false);
            (piece, size) = ([], 0);
        }

        if (size > 0)
            yield return await ReadAsync(piece, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The segments that an entry stands in, ascending; empty when it stands in none.</summary>
    public IReadOnlyList<SegmentId> SegmentsOf(ContentHash entry) => Locked(table => table.SegmentsOf(entry));

    /// <summary>Reads one entry of the log.</summary>
    /// <returns>Null when no segment holds it.</returns>
    public async Task<LogEntry?> ReadAsync(ContentHash entry, CancellationToken cancellationToken = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            await RefreshAsync(cancellationToken).ConfigureAwait(false);
            if (LocationOf(entry) is not { } location)
                return null;
            try
            {
                return await new EntryLines(_contents).ReadAsync(location, cancellationToken).ConfigureAwait(false);
            }
            catch (SegmentContentMissingException) when (attempt < Attempts)
            {
                // The segment grew between the refresh and the reading.
            }
        }
    }

    /// <summary>The latest version of the id that an entry has; null when it has no other version, or the index does not know it.</summary>
    internal EntryKey? LatestRival(ContentHash entry) => Locked(table => table.LatestRival(entry));

    /// <summary>The latest version of an id, null for an unknown one; and whether there are others.</summary>
    internal (EntryKey? Latest, bool IsContested) LatestOf(string entryId)
    {
        var key = IdKeys.Of(Encoding.UTF8.GetBytes(entryId));
        return Locked(table =>
        {
            var latest = table.Entries.Latest(key);
            return latest < 0 ? (null, false) : ((EntryKey?)table.Entries.Entry(latest).Key, table.Entries.Entry(latest).NextVersion >= 0);
        });
    }

    /// <summary>Whether an entry is in the log; and if not, the hash of the latest entry that has its id, or null.</summary>
    internal (bool IsPresent, ContentHash? Other) Check(LogEntry entry)
    {
        var key = IdKeys.Of(Encoding.UTF8.GetBytes(entry.Id));
        return Locked(table =>
        {
            if (table.Entries.Find(entry.Hash) >= 0)
                return (true, null);

            var latest = table.Entries.Latest(key);
            return (false, latest < 0 ? (ContentHash?)null : table.Entries.Entry(latest).Hash);
        });
    }

    /// <summary>Timestamp and hash of an entry; null for an unknown one.</summary>
    internal EntryKey? KeyOf(ContentHash entry) => Locked(table => table.Entries.Find(entry) is >= 0 and var number ? (EntryKey?)table.Entries.Entry(number).Key : null);

    /// <summary>Where an entry can be read; null when it stands in no published segment.</summary>
    internal EntryLocation? LocationOf(ContentHash entry) => Locked(table => table.LocationOf(entry));

    private async Task<IReadOnlyList<ContestedId>> ReadAsync(IReadOnlyCollection<int> contested, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            // Versions without a place are in the journal of this process only: their segment comes with the change feed.
            var versions = Locked(table => contested.SelectMany(latest => table.VersionsOf(latest).Where(version => version.Segments.Count > 0)
                .Select(version => (Latest: latest, Version: version, Location: table.LocationOf(version.Key.Hash)!.Value))).ToList());
            var found = new ContestedVersion[versions.Count];
            try
            {
                await new EntryLines(_contents).ReadManyAsync(versions.ConvertAll(version => version.Location), (index, entry) =>
                    found[index] = new ContestedVersion(entry.Id, versions[index].Version.Key, entry.EntryType, entry.TraceId, versions[index].Version.Segments), cancellationToken).ConfigureAwait(false);
                return [.. versions.Index().GroupBy(pair => pair.Item.Latest, pair => found[pair.Index]).Where(group => group.Count() > 1).Select(group => new ContestedId(group.First().EntryId, [.. group]))];
            }
            catch (SegmentContentMissingException) when (attempt < Attempts)
            {
                // A segment grew between the refresh and the reading.
                await RefreshAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private T Locked<T>(Func<SegmentTable, T> work)
    {
        lock (_lock)
            return work(_table);
    }
}
