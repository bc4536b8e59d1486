using System.IO.Compression;
using System.IO.Pipelines;
using System.Buffers;
using Causality.Core;

namespace Causality.Standalone.Input;

/// <summary>Reads entries from a file of JSON Lines, plain or gzip, one line at a time.</summary>
public static class JsonLinesFile
{
    private static ReadOnlySpan<byte> GzipMark => [0x1f, 0x8b];

    /// <summary>Every entry with its line number, counted from 1; blank lines are passed over.</summary>
    /// <exception cref="InputException">The file is missing or unreadable, or a line is no entry; names file, line and field.</exception>
    public static async IAsyncEnumerable<(int Line, LogEntry Entry)> ReadAsync(string path, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var stream = Open(path);
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 256 * 1024));
        for (var line = 1; ; line++)
        {
            var (bytes, found) = await NextLineAsync(reader, path, line, cancellationToken);
            if (!found)
                yield break;
            if (!IsBlank(bytes))
                yield return (line, Parse(path, line, bytes));
        }
    }

    private static LogEntry Parse(string path, int line, byte[] bytes)
    {
        try
        {
            return LogEntry.Parse(bytes);
        }
        catch (InvalidEntryException exception)
        {
            throw new InputException($"{path}, line {line}: {exception.Message}", exception);
        }
    }

    private static Stream Open(string path)
    {
        try
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
            Span<byte> mark = stackalloc byte[2];
            var isGzip = file.ReadAtLeast(mark, 2, throwOnEndOfStream: false) == 2 && mark.SequenceEqual(GzipMark);
            file.Position = 0;
            return isGzip ? new GZipStream(file, CompressionMode.Decompress) : file;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new InputException($"{path} cannot be read: {exception.Message} Check the name and the permissions.", exception);
        }
    }

    private static async Task<(byte[] Bytes, bool Found)> NextLineAsync(PipeReader reader, string path, int line, CancellationToken cancellationToken)
    {
        while (true)
        {
            ReadResult result;
            try
            {
                result = await reader.ReadAsync(cancellationToken);
            }
            catch (Exception exception) when (exception is IOException or InvalidDataException)
            {
                throw new InputException($"{path}, line {line}: the file cannot be read further: {exception.Message}", exception);
            }

            var buffer = result.Buffer;
            if (buffer.PositionOf((byte)'\n') is { } end)
            {
                var bytes = buffer.Slice(0, end).ToArray();
                reader.AdvanceTo(buffer.GetPosition(1, end));
                return (bytes, true);
            }

            if (buffer.Length > EntryLimits.MaxEntryBytes + 1)
                throw new InputException($"{path}, line {line}: longer than {EntryLimits.MaxEntryBytes} bytes, which is the most for one entry.");
            if (result.IsCompleted)
            {
                var rest = buffer.ToArray();
                reader.AdvanceTo(buffer.End);
                return (rest, rest.Length > 0);
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    private static bool IsBlank(byte[] bytes) => bytes.AsSpan().TrimEnd(" \t\r"u8).IsEmpty;
}
