using System.Buffers;
using Causality.Core;
using Causality.Storage.Blobs;

namespace Causality.Storage.Log.Index;

/// <summary>Reads single lines out of blobs.</summary>
internal sealed class EntryLines(SegmentContents contents)
{
    private const int FirstRead = 4 * 1024;

    /// <summary>Reads the entry at a location.</summary>
    /// <exception cref="SegmentContentMissingException">The blob is gone: the segment has changed (refresh the index and look again), or it is missing.</exception>
    /// <exception cref="SegmentInvalidException">There is no entry at that place: the blob is damaged.</exception>
    public async Task<LogEntry> ReadAsync(EntryLocation location, CancellationToken cancellationToken)
    {
        var content = await contents.OpenBlobAsync(location.Segment, location.ContentHash, cancellationToken).ConfigureAwait(false);
        await using (content.ConfigureAwait(false))
        {
            try
            {
                content.Seek(location.Offset, SeekOrigin.Begin);
                return LogEntry.FromLine(await ReadLineAsync(content, cancellationToken).ConfigureAwait(false));
            }
            catch (IOException e)
            {
                throw DataFolder.Unavailable($"read segment {location.Segment}, blob {location.ContentHash}", e);
            }
            catch (InvalidEntryException e)
            {
                throw new SegmentInvalidException(location.Segment, 0, $"blob {location.ContentHash} is damaged at byte {location.Offset}: {e.Message}", e);
            }
        }
    }

    /// <summary>Reads many entries, each blob from its beginning to its end.</summary>
    /// <param name="wanted">Any order.</param>
    /// <param name="take">Gets the number of an element of <paramref name="wanted"/> and its entry, which is good during the call only.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SegmentContentMissingException">As for a single one.</exception>
    /// <exception cref="SegmentInvalidException">As for a single one.</exception>
    public async Task ReadManyAsync(IReadOnlyList<EntryLocation> wanted, Action<int, LogEntry> take, CancellationToken cancellationToken)
    {
        foreach (var blob in Enumerable.Range(0, wanted.Count).GroupBy(index => (wanted[index].Segment, wanted[index].ContentHash)))
        {
            var content = await contents.OpenBlobAsync(blob.Key.Segment, blob.Key.ContentHash, cancellationToken).ConfigureAwait(false);
            await using (content.ConfigureAwait(false))
            {
                var lines = new BlobLines(content);
                foreach (var index in blob.OrderBy(index => wanted[index].Offset))
                    take(index, await ReadAsync(lines, wanted[index], cancellationToken).ConfigureAwait(false));
            }
        }
    }

    private static async ValueTask<LogEntry> ReadAsync(BlobLines lines, EntryLocation location, CancellationToken cancellationToken)
    {
        try
        {
            return LogEntry.FromLine(await lines.ReadAsync(location.Offset, cancellationToken).ConfigureAwait(false));
        }
        catch (IOException e)
        {
            throw DataFolder.Unavailable($"read segment {location.Segment}, blob {location.ContentHash}", e);
        }
        catch (InvalidEntryException e)
        {
            throw new SegmentInvalidException(location.Segment, 0, $"blob {location.ContentHash} is damaged at byte {location.Offset}: {e.Message}", e);
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadLineAsync(Stream content, CancellationToken cancellationToken)
    {
        var line = new ArrayBufferWriter<byte>(FirstRead);
        while (line.WrittenCount <= EntryLimits.MaxEntryBytes)
        {
            var read = await content.ReadAsync(line.GetMemory(FirstRead), cancellationToken).ConfigureAwait(false);
            if (read == 0)
                break;

            var start = line.WrittenCount;
            line.Advance(read);
            var end = line.WrittenSpan[start..].IndexOf((byte)'\n');
            if (end >= 0)
                return line.WrittenMemory[..(start + end)];
        }

        return line.WrittenMemory;
    }
}
