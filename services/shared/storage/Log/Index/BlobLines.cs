using Causality.Core;

namespace Causality.Storage.Log.Index;

/// <summary>Lines of one blob, asked for from its beginning to its end: read in large pieces, each line once.</summary>
internal sealed class BlobLines(Stream content)
{
    private const int PieceBytes = 64 * 1024;

    private byte[] _buffer = new byte[PieceBytes];
    private long _start;
    private int _length;

    /// <summary>The line that begins at an offset, without its end; good until the next call.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(int offset, CancellationToken cancellationToken)
    {
        if (offset < _start || offset >= _start + _length)
            (_start, _length) = (content.Seek(offset, SeekOrigin.Begin), 0);

        var searched = 0;
        while (true)
        {
            var from = (int)(offset - _start);
            var end = _buffer.AsSpan(from + searched, _length - from - searched).IndexOf((byte)'\n');
            if (end >= 0)
                return _buffer.AsMemory(from, searched + end);

            searched = _length - from;
            if (searched > EntryLimits.MaxEntryBytes || !await ReadMoreAsync(from, cancellationToken).ConfigureAwait(false))
                return _buffer.AsMemory((int)(offset - _start), searched);
        }
    }

    private async ValueTask<bool> ReadMoreAsync(int from, CancellationToken cancellationToken)
    {
        if (from > 0)
        {
            _buffer.AsSpan(from, _length - from).CopyTo(_buffer);
            (_start, _length) = (_start + from, _length - from);
        }

        if (_length == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        content.Position = _start + _length;
        var read = await content.ReadAsync(_buffer.AsMemory(_length), cancellationToken).ConfigureAwait(false);
        _length += read;
        return read > 0;
    }
}
