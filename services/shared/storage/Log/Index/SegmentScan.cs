using System.Buffers.Text;
using Causality.Core;

namespace Causality.Storage.Log.Index;

/// <summary>Reads of a segment's lines only what the index needs. For content whose hash has been checked: it was a valid segment when it was stored.</summary>
/// <remarks>Nearly every line begins with id and timestamp in the canonical form, and that much says where both stand; any other line is parsed as a whole.</remarks>
internal static class SegmentScan
{
    private static ReadOnlySpan<byte> Start => "{\"id\":\""u8;

    private static ReadOnlySpan<byte> Middle => "\",\"timestamp\":"u8;

    /// <summary>Key of the id, key of the entry, and where the line begins, for each line.</summary>
    /// <exception cref="InvalidEntryException">A line is no entry.</exception>
    public static (UInt128 IdKey, EntryKey Key, int Offset)[] Read(ReadOnlySpan<byte> content)
    {
        var places = new (int Start, int Length)[content.Count((byte)'\n')];
        var start = 0;
        for (var index = 0; index < places.Length; index++)
        {
            places[index] = (start, content[start..].IndexOf((byte)'\n'));
            start += places[index].Length + 1;
        }

        var hashes = new ContentHash[places.Length];
        Sha256Lanes.Hash(content, places, hashes);
        var lines = new (UInt128, EntryKey, int)[places.Length];
        for (var index = 0; index < lines.Length; index++)
        {
            var (idKey, timestamp) = ReadStart(content.Slice(places[index].Start, places[index].Length));
            lines[index] = (idKey, new EntryKey(timestamp, hashes[index]), places[index].Start);
        }

        return lines;
    }

    private static (UInt128 IdKey, long Timestamp) ReadStart(ReadOnlySpan<byte> line)
    {
        if (line.StartsWith(Start))
        {
            var rest = line[Start.Length..];
            var length = rest.IndexOfAny((byte)'"', (byte)'\\');
            if (length > 0 && rest[length..].StartsWith(Middle) && Utf8Parser.TryParse(rest[(length + Middle.Length)..], out long timestamp, out var digits)
                && rest.Length > length + Middle.Length + digits && rest[length + Middle.Length + digits] == (byte)',')
                return (IdKeys.Of(rest[..length]), timestamp);
        }

        var entry = LogEntry.FromLine(line.ToArray());
        return (IdKeys.Of(System.Text.Encoding.UTF8.GetBytes(entry.Id)), entry.Timestamp);
    }
}
