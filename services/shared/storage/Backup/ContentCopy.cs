using Causality.Core;
using Causality.Storage.Blobs;
using Causality.Storage.Maintenance;

namespace Causality.Storage.Backup;

/// <summary>Copies contents from one store to another, each verified on its way; what is there already is left alone.</summary>
internal sealed class ContentCopy(ISegmentStore from, ISegmentStore? to)
{
    private const int BatchContents = 256;
    private const long BatchBytes = 32 * 1024 * 1024;

    private readonly Dictionary<ContentHash, ReadOnlyMemory<byte>> _batch = [];
    private long _batchBytes;

    /// <summary>Contents copied (or, without a target, only read and verified).</summary>
    public long Copied { get; private set; }

    /// <summary>Their bytes, uncompressed.</summary>
    public long CopiedBytes { get; private set; }

    /// <summary>Contents that were there already.</summary>
    public long Present { get; private set; }

    /// <summary>Hashes, in hexadecimal, of contents that the source has not got, or only damaged.</summary>
    public SortedSet<string> Damaged { get; } = new(StringComparer.Ordinal);

    /// <summary>Copies all of a list.</summary>
    public async Task RunAsync(IAsyncEnumerable<StoredContent> contents, long total, string step, IProgress<MaintenanceProgress>? progress, CancellationToken cancellationToken)
    {
        var done = 0L;
        await foreach (var content in contents.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            await AddAsync(content, cancellationToken).ConfigureAwait(false);
            if (_batch.Count == BatchContents || _batchBytes >= BatchBytes)
                await FlushAsync(cancellationToken).ConfigureAwait(false);
            progress?.Report(new MaintenanceProgress(step, ++done, Math.Max(total, done)));
        }

        await FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task AddAsync(StoredContent content, CancellationToken cancellationToken)
    {
        if (_batch.ContainsKey(content.Hash))
            return;
        if (to is not null && await HasAsync(to, content.Hash, cancellationToken).ConfigureAwait(false))
        {
            Present++;
            return;
        }

        if (await ReadAsync(content, cancellationToken).ConfigureAwait(false) is not { } bytes)
        {
            Damaged.Add(content.Hash.ToString());
            return;
        }

        _batch[content.Hash] = to is null ? ReadOnlyMemory<byte>.Empty : bytes;
        (_batchBytes, CopiedBytes) = (_batchBytes + bytes.Length, CopiedBytes + bytes.Length);
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (to is not null && _batch.Count > 0)
            await to.PutAsync(_batch, cancellationToken).ConfigureAwait(false);
        Copied += _batch.Count;
        _batch.Clear();
        _batchBytes = 0;
    }

    private async Task<byte[]?> ReadAsync(StoredContent content, CancellationToken cancellationToken)
    {
        if (content.SizeBytes > SegmentLimits.MaxBytes)
            return null;
        try
        {
            var stream = await from.OpenAsync(content.Hash, cancellationToken).ConfigureAwait(false);
            if (stream is null)
                return null;
            await using (stream.ConfigureAwait(false))
            {
                var bytes = new byte[content.SizeBytes];
                var read = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
                return read == bytes.Length && ContentHash.Of(bytes) == content.Hash ? bytes : null;
            }
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            return null;
        }
    }

    private static async Task<bool> HasAsync(ISegmentStore store, ContentHash hash, CancellationToken cancellationToken)
    {
        var found = await store.OpenAsync(hash, cancellationToken).ConfigureAwait(false);
        if (found is not null)
            await found.DisposeAsync().ConfigureAwait(false);
        return found is not null;
    }
}
