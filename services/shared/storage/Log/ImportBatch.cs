using Causality.Core;
using Causality.Storage.Blobs;
using Causality.Storage.Database;
using Causality.Storage.Log.Staging;

namespace Causality.Storage.Log;

/// <summary>An import by way of a blob batch.</summary>
internal sealed class ImportBatch(SegmentImporter importer, ISegmentStore blobs, StagingJournal? staging = null) : IImportBatch
{
    private readonly Lock _lock = new();
    private readonly List<SegmentOffer> _offers = [];
    private IBlobBatch? _batch;

    /// <inheritdoc/>
    public async Task AddAsync(LogSegment segment, bool isNew, CancellationToken cancellationToken = default)
    {
        if (isNew)
            await Task.Run(() => Batch().Add(segment.Metadata.ContentHash, segment.Content), cancellationToken).ConfigureAwait(false);
        lock (_lock)
            _offers.Add(new SegmentOffer(segment.Metadata, isNew ? null : segment));
    }

    /// <inheritdoc/>
    public async Task StageAsync(LogSegment segment, ContentHash wanted, bool isNew, CancellationToken cancellationToken = default)
    {
        if (staging is null)
            return;
        var (id, hash) = (segment.Metadata.Id, segment.Metadata.ContentHash);
        if (!isNew)
            await Task.Run(() => staging.Keep(id, wanted, segment), cancellationToken).ConfigureAwait(false);
        else if (Batch().PlaceOf(hash) is { } place)
            staging.Note(new StagedSegment(id, wanted, hash, place));
    }

    /// <inheritdoc/>
    public bool Remove(SegmentId id)
    {
        lock (_lock)
        {
            var index = _offers.FindIndex(offer => offer.Metadata.Id == id);
            if (index >= 0)
                _offers.RemoveAt(index);
            return index >= 0;
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ImportResult>> CommitAsync(
        Func<CausalityDbContext, IReadOnlyList<ImportResult>, CancellationToken, Task>? alongside, CancellationToken cancellationToken = default) =>
        await importer.ImportAsync(_offers, await Task.Run(Batch, cancellationToken).ConfigureAwait(false), alongside, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _batch?.Dispose();
        staging?.Dispose();
        return ValueTask.CompletedTask;
    }

    private IBlobBatch Batch()
    {
        lock (_lock)
            return _batch ??= blobs.Begin();
    }
}
