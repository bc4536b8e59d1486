using System.Buffers;
using System.Globalization;
using System.Text;
using Causality.Core;

namespace Causality.Storage.Log.Writing;

/// <summary>The bytes of a journal.</summary>
/// <remarks>
/// <code>
/// causality-journal 1 SEGMENT ORIGIN\n
/// #BYTES SHA256\n           one frame for each group of batches that was made durable together
/// {entry}\n ...             BYTES bytes, in the order of arrival
/// </code>
/// A frame is good as a whole or not there: batches are atomic. Frame N+1 is written after frame N is durable, so a bad frame at the end was never
/// acknowledged, and a bad frame before a good one is damage. Good frames are found behind a bad one by trying every '#'; an entry cannot imitate one,
/// because no line of an entry ends in a hash.
/// </remarks>
internal static class JournalFormat
{
    private const string Magic = "causality-journal 1";

    /// <summary>More than a frame's first line can have; keeps the search behind a bad frame linear.</summary>
    private const int MaxFrameHead = 128;

    /// <summary>The first line.</summary>
    public static byte[] Header(SegmentId id, OperatorId origin) => Encoding.ASCII.GetBytes($"{Magic} {id} {origin}\n");

    /// <summary>A frame with its entries.</summary>
    public static ReadOnlyMemory<byte> Frame(IReadOnlyList<LogEntry> entries)
    {
        var lines = new ArrayBufferWriter<byte>(entries.Sum(entry => entry.CanonicalBytes.Length + 1));
        foreach (var entry in entries)
        {
            lines.Write(entry.CanonicalBytes.Span);
            lines.Write("\n"u8);
        }

        var head = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"#{lines.WrittenCount} {ContentHash.Of(lines.WrittenSpan)}\n"));
        var frame = new byte[head.Length + lines.WrittenCount];
        head.CopyTo(frame, 0);
        lines.WrittenSpan.CopyTo(frame.AsSpan(head.Length));
        return frame;
    }

    /// <summary>Reads whatever a writer left.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <returns>Null when not even the first line is whole: nothing was ever acknowledged from it.</returns>
    public static JournalContent? Read(ReadOnlyMemory<byte> bytes)
    {
        var end = bytes.Span.IndexOf((byte)'\n');
        if (end < 0 || Encoding.ASCII.GetString(bytes.Span[..end]).Split(' ') is not [var name, var version, var id, var origin]
            || $"{name} {version}" != Magic || !SegmentId.TryParse(id, out var segment) || !OperatorId.TryParse(origin, out var writer))
            return null;

        var entries = new List<LogEntry>();
        var (position, bad, damaged) = (end + 1, false, false);
        while (position < bytes.Length)
        {
            if (TryReadFrame(bytes[position..], entries, out var length))
            {
                damaged |= bad;
                position += length;
                continue;
            }

            bad = true;
            var next = bytes.Span[(position + 1)..].IndexOf((byte)'#');
            if (next < 0)
                break;
            position += next + 1;
        }

        return new JournalContent(segment, writer, entries, damaged);
    }

    private static bool TryReadFrame(ReadOnlyMemory<byte> rest, List<LogEntry> entries, out int length)
    {
        length = 0;
        var end = rest.Span[..Math.Min(rest.Length, MaxFrameHead)].IndexOf((byte)'\n');
        if (end < 1 || rest.Span[0] != '#' || Encoding.ASCII.GetString(rest.Span[1..end]).Split(' ') is not [var size, var hash]
            || !int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) || bytes > rest.Length - end - 1
            || !ContentHash.TryParse(hash, out var promised))
            return false;

        var lines = rest.Slice(end + 1, bytes);
        if (ContentHash.Of(lines.Span) != promised)
            return false;

        length = end + 1 + bytes;
        while (!lines.IsEmpty)
        {
            var line = lines.Span.IndexOf((byte)'\n');
            entries.Add(LogEntry.FromLine(lines[..line]));
            lines = lines[(line + 1)..];
        }

        return true;
    }
}
