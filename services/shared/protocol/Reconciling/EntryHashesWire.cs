using Causality.Contracts.Http;
using Causality.Core;
using Causality.Core.Reconciliation;

namespace Causality.Protocol.Reconciling;

/// <summary>The answer to <see cref="EntryHashesRequest"/>: a count; then for each entry, ascending by segment, how many places its segment is further than the last one's, and the hash.</summary>
public static class EntryHashesWire
{
    /// <summary>Writes an answer.</summary>
    /// <param name="entries">Ascending by segment.</param>
    public static byte[] Write(IReadOnlyCollection<SegmentEntry> entries)
    {
        var (output, segment) = (new WireWriter(), 0);
        output.WriteVarint((ulong)entries.Count);
        foreach (var entry in entries)
        {
            output.WriteVarint((ulong)(entry.Segment - segment));
            output.WriteHash(entry.Hash);
            segment = entry.Segment;
        }

        return output.ToArray();
    }

    /// <summary>Reads an answer, and checks that it holds nothing that was not asked for.</summary>
    /// <exception cref="ProtocolViolationException">Names the field and the byte at fault.</exception>
    public static List<SegmentEntry> Read(ReadOnlySpan<byte> body, EntryHashesRequest request)
    {
        var input = new WireReader(body);
        var (asked, entries, segment) = (request.ShortIds.ToHashSet(), new List<SegmentEntry>(), 0);
        for (var left = input.ReadCount("entries", SyncLimits.MaxItemIds, 1 + ContentHash.LengthBytes); left > 0; left--)
        {
            segment += (int)input.ReadNumber("segment", request.Segments.Count - 1 - segment);
            var hash = input.ReadHash("entry_hash");
            if (!asked.Remove(request.Key.ShortId(hash, segment)))
                throw input.Fault("entry_hash", $"{hash} was not asked for, or stands twice");
            entries.Add(new SegmentEntry(segment, hash));
        }

        input.RequireEnd();
        return entries;
    }
}
