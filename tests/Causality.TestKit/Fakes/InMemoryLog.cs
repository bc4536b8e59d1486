using System.Runtime.CompilerServices;
using Causality.Core;
using Causality.Storage.Database;
using Causality.Storage.Log;

namespace Causality.TestKit.Fakes;

/// <summary>A log in memory, for tests of what stands on <see cref="ISyncableStorage"/>. Appends go into one segment, visible at once.</summary>
/// <param name="operatorId">Whose log it is.</param>
public sealed class InMemoryLog(string operatorId = "alpha") : ISyncableStorage
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<SegmentId, (long Version, LogSegment Segment)> _segments = [];
    private readonly OperatorId _operator = new(operatorId);
    private long _version;

    /// <summary>Dial: thrown by every method while set.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Dial: replaces the content that <see cref="OpenSegmentAsync"/> streams, as a damaged or a lying peer would.</summary>
    public Func<SegmentMetadata, byte[], Stream>? Tamper { get; set; }

    /// <summary>Number of calls of <see cref="OpenSegmentAsync"/> so far.</summary>
    public int Opened { get; private set; }

    /// <summary>The segment into which appends go.</summary>
    public SegmentId ActiveSegment => new($"{_operator}-active");

    /// <inheritdoc/>
    public Task<AppendResult> AppendAsync(LogEntry entry, CancellationToken cancellationToken = default) => AppendBatchAsync([entry], cancellationToken);

    /// <inheritdoc/>
    public Task<AppendResult> AppendBatchAsync(IReadOnlyList<LogEntry> entries, CancellationToken cancellationToken = default) => Guarded(() =>
    {
        var (result, added) = Check(entries);
        if (added.Count > 0)
            Import(LogSegment.FromEntries(ActiveSegment, _operator, added));
        return result;
    });

    /// <inheritdoc/>
    public Task<AppendResult> CheckBatchAsync(IReadOnlyList<LogEntry> entries, CancellationToken cancellationToken = default) => Guarded(() => Check(entries).Result);

    /// <inheritdoc/>
    public async IAsyncEnumerable<LogEntry> ReadAsync(LogQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var entry in await Guarded(() => Entries(query.AllVersions)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (entry.Timestamp >= query.FromTimestamp && entry.Timestamp <= query.ToTimestamp && (query.After is not { } after || entry.Key > after))
                yield return entry;
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<LogEntry> ReadTimeRangeAsync(long fromTimestamp, long toTimestamp, CancellationToken cancellationToken = default) =>
        ReadAsync(new LogQuery { FromTimestamp = fromTimestamp, ToTimestamp = toTimestamp }, cancellationToken);

    /// <inheritdoc/>
    public Task<long> CountAsync(CancellationToken cancellationToken = default) => Guarded(() => (long)Entries(allVersions: true).Count);

    /// <inheritdoc/>
    public Task<LogEntry?> GetByIdAsync(string id, CancellationToken cancellationToken = default) => Guarded(() => Entries(allVersions: false).Find(entry => entry.Id == id));

    /// <inheritdoc/>
    public Task<IReadOnlyList<SegmentId>> FindSegmentsAsync(ContentHash entry, CancellationToken cancellationToken = default) =>
        Guarded<IReadOnlyList<SegmentId>>(() => [.. _segments.Where(row => row.Value.Segment.IndexesOf(new HashSet<ContentHash> { entry }).Count > 0).Select(row => row.Key)]);

    /// <inheritdoc/>
    public Task<LogHead> GetHeadAsync(CancellationToken cancellationToken = default) => Guarded(() =>
    {
        var all = _segments.Values.Select(row => row.Segment.Metadata).ToList();
        var fingerprint = all.Aggregate(LogFingerprint.Empty, (sum, row) => sum.Add(LogFingerprint.ItemOf(row.Id, row.ContentHash)));
        return new LogHead(_version, fingerprint, all.Count, all.Sum(row => row.EntryCount), all.Sum(row => row.SizeBytes));
    });

    /// <inheritdoc/>
    public Task<IReadOnlyList<SegmentMetadata>> GetSegmentMetadataAsync(SegmentId? after, int limit, CancellationToken cancellationToken = default) =>
        Guarded<IReadOnlyList<SegmentMetadata>>(() => [.. _segments.Values.Select(row => row.Segment.Metadata).Where(row => after is null || row.Id > after).Take(limit)]);

    /// <inheritdoc/>
    public Task<IReadOnlyList<SegmentMetadata>> GetSegmentMetadataAsync(IReadOnlyCollection<SegmentId> ids, CancellationToken cancellationToken = default) =>
        Guarded<IReadOnlyList<SegmentMetadata>>(() => [.. _segments.Values.Select(row => row.Segment.Metadata).Where(row => ids.Contains(row.Id))]);

    /// <inheritdoc/>
    public Task<IReadOnlyList<SegmentChange>> GetChangesAsync(long version, int limit, CancellationToken cancellationToken = default) =>
        Guarded<IReadOnlyList<SegmentChange>>(() =>
            [.. _segments.Values.Where(row => row.Version > version).OrderBy(row => row.Version).Take(limit).Select(row => new SegmentChange(row.Version, row.Segment.Metadata))]);

    /// <inheritdoc/>
    public Task<IReadOnlyList<SegmentMetadata>> GetSegmentsOfVersionsAsync(IReadOnlyCollection<long> versions, CancellationToken cancellationToken = default) =>
        Guarded<IReadOnlyList<SegmentMetadata>>(() => [.. _segments.Values.Where(row => versions.Contains(row.Version)).Select(row => row.Segment.Metadata)]);

    /// <inheritdoc/>
    public Task<ImportResult> ImportSegmentAsync(LogSegment segment, CancellationToken cancellationToken = default) => Guarded(() => Import(segment));

    /// <summary>As the interface says, but without a database: <paramref name="alongside"/> must be null.</summary>
    public Task<IReadOnlyList<ImportResult>> ImportBatchAsync(
        IReadOnlyList<LogSegment> segments, Func<CausalityDbContext, IReadOnlyList<ImportResult>, CancellationToken, Task>? alongside, CancellationToken cancellationToken = default) =>
        alongside is null
            ? Guarded<IReadOnlyList<ImportResult>>(() => [.. segments.Select(Import)])
            : throw new NotSupportedException("The log in memory has no transaction to run anything alongside in; use the store on SQLite.");

    /// <summary>Not here: use the store on SQLite.</summary>
    public IImportBatch BeginImport() => throw new NotSupportedException("The log in memory has no batches; use the store on SQLite.");

    /// <inheritdoc/>
    public Task<LogSegment?> ExportSegmentAsync(SegmentId id, CancellationToken cancellationToken = default) =>
        Guarded(() => _segments.TryGetValue(id, out var row) ? row.Segment : null);

    /// <inheritdoc/>
    public Task<SegmentContent?> OpenSegmentAsync(SegmentId id, ContentHash? contentHash, CancellationToken cancellationToken = default) => Guarded(() =>
    {
        Opened++;
        if (!_segments.TryGetValue(id, out var row) || (contentHash is { } hash && hash != row.Segment.Metadata.ContentHash))
            return null;

        var content = row.Segment.Content.ToArray();
        return new SegmentContent(row.Segment.Metadata, Tamper?.Invoke(row.Segment.Metadata, content) ?? new MemoryStream(content, writable: false));
    });

    /// <inheritdoc/>
    public Task<SegmentContent?> OpenSegmentAsync(SegmentMetadata known, CancellationToken cancellationToken = default) => OpenSegmentAsync(known.Id, known.ContentHash, cancellationToken);

    /// <inheritdoc/>
    public Task<LogDiff> GetLogDifferencesAsync(IReadOnlyCollection<SegmentMetadata> remote, CancellationToken cancellationToken = default) =>
        Guarded(() => SegmentDiffer.Compare(_segments.Values.Select(row => row.Segment.Metadata), remote));

    private Task<T> Guarded<T>(Func<T> action)
    {
        lock (_lock)
        {
            return Failure is null ? Run(action) : Task.FromException<T>(Failure);
        }
    }

    private static Task<T> Run<T>(Func<T> action)
    {
        try
        {
            return Task.FromResult(action());
        }
        catch (DuplicateEntryException exception)
        {
            return Task.FromException<T>(exception);
        }
    }

    private (AppendResult Result, List<LogEntry> Added) Check(IReadOnlyList<LogEntry> entries)
    {
        var known = Entries(allVersions: true).GroupBy(entry => entry.Id).ToDictionary(group => group.Key, group => group.Select(entry => entry.Hash).ToHashSet());
        var added = new List<LogEntry>();
        for (var index = 0; index < entries.Count; index++)
        {
            var entry = entries[index];
            if (known.TryGetValue(entry.Id, out var hashes))
            {
                if (!hashes.Contains(entry.Hash))
                    throw new DuplicateEntryException(entry.Id, index, hashes.First(), entry.Hash);
                continue;
            }

            known.Add(entry.Id, [entry.Hash]);
            added.Add(entry);
        }

        return (new AppendResult(added.Count, entries.Count - added.Count), added);
    }

    private ImportResult Import(LogSegment segment)
    {
        var id = segment.Metadata.Id;
        var before = _segments.TryGetValue(id, out var row) ? row.Segment : null;
        var after = before is null ? segment : before.Union(segment);
        if (before?.Metadata.ContentHash == after.Metadata.ContentHash)
            return new ImportResult(ImportOutcome.Unchanged, after.Metadata, 0);

        _segments[id] = (++_version, after);
        return new ImportResult(before is null ? ImportOutcome.Stored : ImportOutcome.Merged, after.Metadata, after.Count - (before?.Count ?? 0));
    }

    private List<LogEntry> Entries(bool allVersions)
    {
        var all = _segments.Values.SelectMany(row => Enumerable.Range(0, row.Segment.Count).Select(row.Segment.EntryAt)).Distinct();
        if (!allVersions)
            all = all.GroupBy(entry => entry.Id).Select(versions => versions.MaxBy(entry => entry.Key)!);
        return [.. all.OrderBy(entry => entry.Key)];
    }
}
