using Causality.Core;
using Causality.Storage.Blobs;

namespace Causality.Storage.Log.Reading;

/// <summary>Entries of one segment, read a piece at a time. Holds no open file between pieces, so that any number of segments may overlap.</summary>
/// <remarks>When the segment grows under the reading, its blob changes: the cursor goes on in the new content after the entry it gave last.</remarks>
internal sealed class SegmentCursor(SegmentMetadata metadata, EntryKey? after, SegmentContents contents) : IEntryCursor
{
    private const int PieceBytes = 32 * 1024;

    private SegmentMetadata _metadata = metadata;
    private EntryKey? _after = after;
    private byte[] _buffer = [];
    private int _start;
    private int _end;
    private long _offset;

    /// <inheritdoc/>
    public async ValueTask<LogEntry?> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var length = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (length >= 0)
            {
                var entry = Read(_buffer.AsMemory(_start, length));
                _start += length + 1;
                if (_after is { } key && entry.Key.CompareTo(key) <= 0)
                    continue;

                _after = entry.Key;
                return entry;
            }

            if (!await ReadPieceAsync(cancellationToken).ConfigureAwait(false))
                return null;
        }
    }

    private async Task<bool> ReadPieceAsync(CancellationToken cancellationToken)
    {
        if (_offset >= _metadata.SizeBytes)
            return false;

        var opened = await contents.OpenAsync(_metadata, cancellationToken).ConfigureAwait(false);
        await using (opened.ConfigureAwait(false))
        {
            if (opened.Metadata.ContentHash != _metadata.ContentHash)
                (_metadata, _offset, _start, _end) = (opened.Metadata, 0, 0, 0);

            // A new buffer each time: entries that were given out keep parts of the old one.
            var rest = _buffer.AsMemory(_start, _end - _start);
            var buffer = new byte[rest.Length + Math.Max(PieceBytes, rest.Length)];
            rest.CopyTo(buffer);
            try
            {
                opened.Content.Seek(_offset, SeekOrigin.Begin);
                var read = await opened.Content.ReadAtLeastAsync(buffer.AsMemory(rest.Length), 1, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
                (_buffer, _start, _end, _offset) = (buffer, 0, rest.Length + read, _offset + read);
                return read > 0 ? true : throw Damaged("it ends too early", null);
            }
            catch (IOException e)
            {
                throw DataFolder.Unavailable($"read segment {_metadata.Id}, blob {_metadata.ContentHash}", e);
            }
        }
    }

    private LogEntry Read(ReadOnlyMemory<byte> line)
    {
        try
        {
            return LogEntry.FromLine(line);
        }
        catch (InvalidEntryException e)
        {
            throw Damaged(e.Message, e);
        }
    }

    private SegmentInvalidException Damaged(string reason, Exception? inner) =>
        new(_metadata.Id, 0, $"blob {_metadata.ContentHash} is damaged before byte {_offset}: {reason}", inner);
}
