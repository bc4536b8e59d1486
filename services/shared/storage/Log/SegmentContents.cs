using Causality.Core;
using Causality.Storage.Blobs;

namespace Causality.Storage.Log;

/// <summary>Contents of segments: row and blob together.</summary>
/// <remarks>A segment that grows changes its blob, and the earlier one is swept; so a blob that is gone means "look at the row again" before it means damage.</remarks>
internal sealed class SegmentContents(SegmentCatalog catalog, ISegmentStore blobs)
{
    /// <summary>A segment cannot change more often than this between two looks.</summary>
    private const int Attempts = 5;

    /// <summary>Opens the present content of a segment whose row was just read.</summary>
    /// <exception cref="SegmentContentMissingException">The blob is gone and the row still points at it.</exception>
    public async Task<SegmentContent> OpenAsync(SegmentMetadata metadata, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await blobs.OpenAsync(metadata.ContentHash, cancellationToken).ConfigureAwait(false) is { } content)
                return new SegmentContent(metadata, content);

            var now = await catalog.FindAsync(metadata.Id, cancellationToken).ConfigureAwait(false);
            if (now is null || now.ContentHash == metadata.ContentHash || attempt == Attempts)
                throw Counted(new SegmentContentMissingException(metadata.Id, metadata.ContentHash));

            metadata = now;
        }
    }

    /// <summary>Opens a blob that a segment had when it was looked at.</summary>
    /// <exception cref="SegmentContentMissingException">It is gone.</exception>
    public async Task<Stream> OpenBlobAsync(SegmentId id, ContentHash hash, CancellationToken cancellationToken) =>
        await blobs.OpenAsync(hash, cancellationToken).ConfigureAwait(false) ?? throw new SegmentContentMissingException(id, hash);

    /// <summary>Reads the present content of a segment whose row was just read, and verifies it.</summary>
    /// <exception cref="SegmentContentMissingException">As for <see cref="OpenAsync"/>.</exception>
    /// <exception cref="ContentHashMismatchException">The blob is damaged.</exception>
    public async Task<LogSegment> LoadAsync(SegmentMetadata metadata, CancellationToken cancellationToken)
    {
        var (found, content) = await ReadUncheckedAsync(metadata, cancellationToken).ConfigureAwait(false);
        return Parse(found, content);
    }

    /// <summary>The same without looking at the lines: the hash says that they are those that were looked at when they were stored.</summary>
    /// <returns>The row as it is by now, and the content.</returns>
    /// <exception cref="SegmentContentMissingException">As for <see cref="OpenAsync"/>.</exception>
    /// <exception cref="ContentHashMismatchException">The blob is damaged.</exception>
    public async Task<(SegmentMetadata Metadata, byte[] Content)> ReadAsync(SegmentMetadata metadata, CancellationToken cancellationToken)
    {
        var (found, content) = await ReadUncheckedAsync(metadata, cancellationToken).ConfigureAwait(false);
        return ContentHash.Of(content) is var actual && actual == found.ContentHash ? (found, content) : throw Counted(new ContentHashMismatchException(found.Id, found.ContentHash, actual));
    }

    /// <summary>Reads exactly the content that is named, whatever the row says by now, and verifies it.</summary>
    /// <exception cref="SegmentContentMissingException">It is gone.</exception>
    /// <exception cref="ContentHashMismatchException">The blob is damaged.</exception>
    public async Task<LogSegment> LoadBlobAsync(SegmentMetadata metadata, CancellationToken cancellationToken)
    {
        var opened = new SegmentContent(metadata, await OpenBlobAsync(metadata.Id, metadata.ContentHash, cancellationToken).ConfigureAwait(false));
        await using (opened.ConfigureAwait(false))
            return Parse(metadata, await ReadBytesAsync(opened, cancellationToken).ConfigureAwait(false));
    }

    private static LogSegment Parse(SegmentMetadata metadata, byte[] content)
    {
        try
        {
            return LogSegment.ParseVerified(metadata.Id, metadata.Origin, content, metadata.ContentHash);
        }
        catch (ContentHashMismatchException damage)
        {
            Counted(damage);
            throw;
        }
    }

    // Whoever meets damage counts it: nobody has to go through the whole store for the first sign of a dying disk.
    private static Exception Counted(Exception damage)
    {
        StorageMetrics.ScrubErrors.Add(1);
        return damage;
    }

    private async Task<(SegmentMetadata Metadata, byte[] Content)> ReadUncheckedAsync(SegmentMetadata metadata, CancellationToken cancellationToken)
    {
        var opened = await OpenAsync(metadata, cancellationToken).ConfigureAwait(false);
        await using (opened.ConfigureAwait(false))
            return (opened.Metadata, await ReadBytesAsync(opened, cancellationToken).ConfigureAwait(false));
    }

    private static async Task<byte[]> ReadBytesAsync(SegmentContent opened, CancellationToken cancellationToken)
    {
        var metadata = opened.Metadata;
        try
        {
            // A blob longer than its row says is damaged; one byte more is enough to see it, and its hash then differs.
            var bytes = new byte[Math.Min(metadata.SizeBytes, opened.Content.Length) + (opened.Content.Length > metadata.SizeBytes ? 1 : 0)];
            await opened.Content.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
            return bytes;
        }
        catch (IOException e)
        {
            throw DataFolder.Unavailable($"read segment {metadata.Id}, blob {metadata.ContentHash}", e);
        }
    }
}
