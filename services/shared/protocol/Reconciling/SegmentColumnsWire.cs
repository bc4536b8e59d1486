using System.Text;
using Causality.Contracts.Http;
using Causality.Core;
using Causality.Core.Reconciliation;

namespace Causality.Protocol.Reconciling;

/// <summary>What a plan has to know of segments that we have nothing of: all but their content hashes, which come with the contents.</summary>
/// <remarks>
/// Half of a <see cref="SegmentTableWire"/> is hashes, which nothing makes smaller. Column by column, so that brotli finds what repeats: some 12 bytes of each segment are left.
/// </remarks>
public static class SegmentColumnsWire
{
    private const int MinBytes = 8;
    private const int MaxOriginBytes = 63;

    /// <summary>Writes an answer.</summary>
    /// <param name="segments">Ascending by id.</param>
    public static byte[] Write(IReadOnlyList<SegmentMetadata> segments)
    {
        var output = new WireWriter();
        output.WriteVarint((ulong)segments.Count);
        var numbers = WriteOrigins(output, segments);
        var id = Array.Empty<byte>();
        foreach (var segment in segments)
            id = IdsWire.Write(output, id, segment.Id);
        Column(segments.Select(segment => numbers[segment.Origin]));
        Column(segments.Select((segment, index) => Varint.ZigZag(segment.StartTimestamp - (index == 0 ? 0 : segments[index - 1].StartTimestamp))));
        Column(segments.Select(segment => (ulong)(segment.EndTimestamp - segment.StartTimestamp)));
        Column(segments.Select(segment => (ulong)segment.EntryCount));
        Column(segments.Select(segment => (ulong)segment.SizeBytes));
        return output.ToArray();

        void Column(IEnumerable<ulong> values)
        {
            foreach (var value in values)
                output.WriteVarint(value);
        }
    }

    /// <summary>Reads an answer.</summary>
    /// <param name="body">Not yet trusted.</param>
    /// <param name="limit">Most segments.</param>
    /// <returns>Strictly ascending by id, every value within its bounds, no content hash known.</returns>
    /// <exception cref="ProtocolViolationException">Names the field and the byte at fault.</exception>
    public static List<SegmentMetadata> Read(ReadOnlySpan<byte> body, int limit)
    {
        var input = new WireReader(body);
        var count = input.ReadCount("segments", limit, MinBytes);
        var names = ReadOrigins(ref input, count);
        var (ids, origins, starts) = (ReadIds(ref input, count), new OperatorId[count], new long[count]);
        for (var index = 0; index < count; index++)
            origins[index] = names[(int)input.ReadNumber("origin", names.Count - 1)];
        for (var (index, start) = (0, 0L); index < count; index++)
        {
            var delta = Varint.UnZigZag(input.ReadVarint("start_timestamp"));
            starts[index] = start = delta >= -start && delta <= EntryLimits.MaxTimestamp - start ? start + delta : throw input.Fault("start_timestamp", $"it is not between 0 and {EntryLimits.MaxTimestamp}");
        }

        var ends = new long[count];
        for (var index = 0; index < count; index++)
            ends[index] = starts[index] + input.ReadNumber("span", EntryLimits.MaxTimestamp - starts[index]);
        var (entries, sizes) = (ReadCounts(ref input, "entry_count", count), ReadCounts(ref input, "size_bytes", count));
        input.RequireEnd();
        return [.. ids.Select((id, index) => new SegmentMetadata
        {
            Id = id,
            Origin = origins[index],
            StartTimestamp = starts[index],
            EndTimestamp = ends[index],
            EntryCount = entries[index],
            SizeBytes = sizes[index],
            ContentHash = default,
        })];
    }

    private static Dictionary<OperatorId, ulong> WriteOrigins(WireWriter output, IReadOnlyList<SegmentMetadata> segments)
    {
        var numbers = new Dictionary<OperatorId, ulong>();
        foreach (var segment in segments)
            numbers.TryAdd(segment.Origin, (ulong)numbers.Count);
        output.WriteVarint((ulong)numbers.Count);
        foreach (var origin in numbers.Keys)
        {
            output.WriteVarint((ulong)origin.Value.Length);
            output.WriteBytes(Encoding.ASCII.GetBytes(origin.Value));
        }

        return numbers;
    }

    private static List<OperatorId> ReadOrigins(ref WireReader input, int segments)
    {
        var origins = new List<OperatorId>();
        for (var left = input.ReadCount("origins", segments, 2); left > 0; left--)
        {
            var text = Encoding.ASCII.GetString(input.ReadBytes((int)input.ReadNumber("origin", MaxOriginBytes), "origin"));
            origins.Add(OperatorId.TryParse(text, out var origin) ? origin : throw input.Fault("origin", $"'{Printable.Shorten(text)}' is not an operator id"));
        }

        return origins;
    }

    private static SegmentId[] ReadIds(ref WireReader input, int count)
    {
        var ids = new SegmentId[count];
        var id = Array.Empty<byte>();
        for (var index = 0; index < count; index++)
            (id, ids[index]) = IdsWire.Read(ref input, id, isAscending: true);
        return ids;
    }

    private static long[] ReadCounts(ref WireReader input, string field, int count)
    {
        var values = new long[count];
        for (var index = 0; index < count; index++)
        {
            values[index] = input.ReadNumber(field, long.MaxValue);
            if (values[index] == 0)
                throw input.Fault(field, "a segment has at least one entry");
        }

        return values;
    }
}
