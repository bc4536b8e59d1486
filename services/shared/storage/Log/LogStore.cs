using Causality.Core;
using Causality.Storage.Blobs;
using Causality.Storage.Database;
using Causality.Storage.Log.Index;
using Causality.Storage.Log.Reading;
using Causality.Storage.Log.Writing;

namespace Causality.Storage.Log;

/// <summary>An operator's log: rows in the database, contents in the segment store. The rooms do the work, this class is their door.</summary>
internal sealed class LogStore(
    SegmentCatalog catalog, SegmentContents contents, SegmentImporter importer, LogReader reader, EntryFinder finder, AppendChecker checker, ISegmentStore blobs,
    TimeProvider time, IEnumerable<LogWriter> writers) : ISyncableStorage
{
    private readonly LogWriter? _writer = writers.SingleOrDefault();

    /// <inheritdoc/>
    public Task<AppendResult> AppendAsync(LogEntry entry, CancellationToken cancellationToken = default) => AppendBatchAsync([entry], cancellationToken);

    /// <inheritdoc/>
    public Task<AppendResult> AppendBatchAsync(IReadOnlyList<LogEntry> entries, CancellationToken cancellationToken = default) => _writer is { } writer
        ? writer.AppendAsync(entries, cancellationToken)
        : throw new InvalidOperationException("This process does not append to the log; register the writer with AddLogWriter.");

    /// <inheritdoc/>
    public Task<AppendResult> CheckBatchAsync(IReadOnlyList<LogEntry> entries, CancellationToken cancellationToken = default) =>
        checker.CheckAsync(entries, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<LogEntry> ReadAsync(LogQuery query, CancellationToken cancellationToken = default) => reader.ReadAsync(query, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<LogEntry> ReadTimeRangeAsync(long fromTimestamp, long toTimestamp, CancellationToken cancellationToken = default) =>
        reader.ReadAsync(new LogQuery { FromTimestamp = fromTimestamp, ToTimestamp = toTimestamp }, cancellationToken);

    /// <inheritdoc/>
    public Task<long> CountAsync(CancellationToken cancellationToken = default) => finder.CountAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<LogEntry?> GetByIdAsync(string id, CancellationToken cancellationToken = default) => finder.GetByIdAsync(id, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, EntryKey>> FindWinnersAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken = default) => finder.FindWinnersAsync(ids, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<SegmentId>> FindSegmentsAsync(ContentHash entry, CancellationToken cancellationToken = default) => finder.FindSegmentsAsync(entry, cancellationToken);

    /// <inheritdoc/>
    public Task<LogHead> GetHeadAsync(CancellationToken cancellationToken = default) => catalog.GetHeadAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<SegmentMetadata>> GetSegmentMetadataAsync(SegmentId? after, int limit, CancellationToken cancellationToken = default) =>
        catalog.ListAsync(after, limit, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<SegmentMetadata>> GetSegmentMetadataAsync(IReadOnlyCollection<SegmentId> ids, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ids.Count, SegmentCatalog.MaxPage, nameof(ids));
        return catalog.FindAsync(ids, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<SegmentChange>> GetChangesAsync(long version, int limit, CancellationToken cancellationToken = default) =>
        catalog.GetChangesAsync(version, limit, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<SegmentMetadata>> GetSegmentsOfVersionsAsync(IReadOnlyCollection<long> versions, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(versions.Count, SegmentCatalog.MaxPage, nameof(versions));
        return catalog.OfVersionsAsync(versions, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<ImportResult> ImportSegmentAsync(LogSegment segment, CancellationToken cancellationToken = default) =>
        (await ImportBatchAsync([segment], null, cancellationToken).ConfigureAwait(false))[0];

    /// <inheritdoc/>
    public async Task<ImportResult> ImportSegmentAsync(LogSegment segment, OperatorId peer, long quotaBytes, CancellationToken cancellationToken = default) => (await ImportBatchAsync(
        [segment], async (database, results, token) =>
        {
            await Contributions.AddAsync(database, peer.Value, segment, results[0], quotaBytes, token).ConfigureAwait(false);
            await Arrivals.RecordAsync(database, results, peer.Value, null, time.GetUtcNow().ToUnixTimeMilliseconds(), token).ConfigureAwait(false);
        }, cancellationToken).ConfigureAwait(false))[0];

    /// <inheritdoc/>
    public Task<IReadOnlyList<ImportResult>> ImportBatchAsync(
        IReadOnlyList<LogSegment> segments, Func<CausalityDbContext, IReadOnlyList<ImportResult>, CancellationToken, Task>? alongside, CancellationToken cancellationToken = default) =>
        importer.ImportAsync(segments.Select(segment => new SegmentOffer(segment)).ToList(), null, alongside, cancellationToken);

    /// <inheritdoc/>
    public IImportBatch BeginImport() => new ImportBatch(importer, blobs);

    /// <inheritdoc/>
    public async Task<LogSegment?> ExportSegmentAsync(SegmentId id, CancellationToken cancellationToken = default) =>
        await catalog.FindAsync(id, cancellationToken).ConfigureAwait(false) is { } metadata
            ? await contents.LoadAsync(metadata, cancellationToken).ConfigureAwait(false)
            : null;

    /// <inheritdoc/>
    public async Task<SegmentContent?> OpenSegmentAsync(SegmentId id, ContentHash? contentHash, CancellationToken cancellationToken = default)
    {
        if (await catalog.FindAsync(id, cancellationToken).ConfigureAwait(false) is not { } metadata)
            return null;
        if (contentHash is null)
            return await contents.OpenAsync(metadata, cancellationToken).ConfigureAwait(false);
        return contentHash == metadata.ContentHash ? await OpenSegmentAsync(metadata, cancellationToken).ConfigureAwait(false) : null;
    }

    /// <inheritdoc/>
    public async Task<SegmentContent?> OpenSegmentAsync(SegmentMetadata known, CancellationToken cancellationToken = default)
    {
        var opened = await contents.OpenAsync(known, cancellationToken).ConfigureAwait(false);
        if (opened.Metadata.ContentHash == known.ContentHash)
            return opened;

        await opened.DisposeAsync().ConfigureAwait(false);
        return null;
    }

    /// <inheritdoc/>
    public async Task<LogDiff> GetLogDifferencesAsync(IReadOnlyCollection<SegmentMetadata> remote, CancellationToken cancellationToken = default)
    {
        var local = new List<SegmentMetadata>();
        for (SegmentId? after = null; ; after = local[^1].Id)
        {
            var page = await catalog.ListAsync(after, SegmentCatalog.MaxPage, cancellationToken).ConfigureAwait(false);
            local.AddRange(page);
            if (page.Count < SegmentCatalog.MaxPage)
                return SegmentDiffer.Compare(local, remote);
        }
    }
}
