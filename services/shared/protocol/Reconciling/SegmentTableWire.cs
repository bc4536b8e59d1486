using System.Text;
using Causality.Contracts.Http;
using Causality.Core;
using Causality.Core.Reconciliation;

namespace Causality.Protocol.Reconciling;

/// <summary>Metadata of segments in few bytes: about 25 and the hash each, where JSON takes 300.</summary>
/// <remarks>
/// A count; then for each segment, ascending by id: the length of what its id shares with the one before and the rest of it; its origin, as a number in the order
/// of appearance or, for the next number, by name; start timestamp, as a signed difference to the one before; its span; entries; bytes; the content hash.
/// </remarks>
public static class SegmentTableWire
{
    private const int MinBytes = 6 + ContentHash.LengthBytes;
    private const int MaxOriginBytes = 63;

    /// <summary>Writes an answer.</summary>
    /// <param name="segments">Ascending by id.</param>
    public static byte[] Write(IReadOnlyList<SegmentMetadata> segments)
    {
        var (output, origins) = (new WireWriter(), new Dictionary<OperatorId, int>());
        var (id, start) = (Array.Empty<byte>(), 0L);
        output.WriteVarint((ulong)segments.Count);
        foreach (var segment in segments)
        {
            id = IdsWire.Write(output, id, segment.Id);
            WriteOrigin(output, origins, segment.Origin);
            output.WriteVarint(Varint.ZigZag(segment.StartTimestamp - start));
            output.WriteVarint((ulong)(segment.EndTimestamp - segment.StartTimestamp));
            output.WriteVarint((ulong)segment.EntryCount);
            output.WriteVarint((ulong)segment.SizeBytes);
            output.WriteHash(segment.ContentHash);
            start = segment.StartTimestamp;
        }

        return output.ToArray();
    }

    /// <summary>Reads an answer.</summary>
    /// <param name="body">Not yet trusted.</param>
    /// <param name="limit">Most segments.</param>
    /// <returns>Strictly ascending by id, every value within its bounds.</returns>
    /// <exception cref="ProtocolViolationException">Names the field and the byte at fault.</exception>
    public static List<SegmentMetadata> Read(ReadOnlySpan<byte> body, int limit)
    {
        var input = new WireReader(body);
        var (segments, origins) = (new List<SegmentMetadata>(), new List<OperatorId>());
        var (id, start) = (Array.Empty<byte>(), 0L);
        for (var left = input.ReadCount("segments", limit, MinBytes); left > 0; left--)
        {
            (id, var name) = IdsWire.Read(ref input, id, isAscending: true);
            var origin = ReadOrigin(ref input, origins);
            var delta = Varint.UnZigZag(input.ReadVarint("start_timestamp"));
            start = delta >= -start && delta <= EntryLimits.MaxTimestamp - start ? start + delta : throw input.Fault("start_timestamp", $"it is not between 0 and {EntryLimits.MaxTimestamp}");
            var end = start + input.ReadNumber("span", EntryLimits.MaxTimestamp - start);
            var (entries, bytes) = (input.ReadNumber("entry_count", long.MaxValue), input.ReadNumber("size_bytes", long.MaxValue));
            if (entries == 0 || bytes == 0)
                throw input.Fault("entry_count", $"segment {name} has {entries} entries in {bytes} bytes; a segment has at least one");
            segments.Add(new SegmentMetadata
            {
                Id = name,
                Origin = origin,
                StartTimestamp = start,
                EndTimestamp = end,
                EntryCount = entries,
                SizeBytes = bytes,
                ContentHash = input.ReadHash("content_hash"),
            });
        }

        input.RequireEnd();
        return segments;
    }

    private static void WriteOrigin(WireWriter output, Dictionary<OperatorId, int> origins, OperatorId origin)
    {
        if (origins.TryGetValue(origin, out var number))
        {
            output.WriteVarint((ulong)number);
            return;
        }

        output.WriteVarint((ulong)origins.Count);
        origins.Add(origin, origins.Count);
        output.WriteVarint((ulong)origin.Value.Length);
        output.WriteBytes(Encoding.ASCII.GetBytes(origin.Value));
    }

    private static OperatorId ReadOrigin(ref WireReader input, List<OperatorId> origins)
    {
        var number = (int)input.ReadNumber("origin", Math.Min(origins.Count, SyncLimits.MaxItemIds));
        if (number < origins.Count)
            return origins[number];

        var text = Encoding.ASCII.GetString(input.ReadBytes((int)input.ReadNumber("origin", MaxOriginBytes), "origin"));
        if (!OperatorId.TryParse(text, out var origin))
            throw input.Fault("origin", $"'{Printable.Shorten(text)}' is not an operator id");
        origins.Add(origin);
        return origin;
    }
}
