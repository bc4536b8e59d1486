using Causality.Contracts.Http;
using Causality.Core;
using Causality.Core.Reconciliation;

namespace Causality.Protocol.Reconciling;

/// <summary>Asks for the metadata of segments that were found by reconciling, by their short ids under a key or by their items.</summary>
/// <param name="Key">The session's key; null when <paramref name="Items"/> names them.</param>
/// <param name="Ranges">Where they lie: the server looks no further. Ascending, not overlapping.</param>
/// <param name="ShortIds">With a key: at most <see cref="SyncLimits.MaxItemIds"/>.</param>
/// <param name="Items">Without one: as many.</param>
/// <param name="IsBrief">Without content hashes: half of the bytes, enough for segments that we have nothing of.</param>
public sealed record SegmentsRequest(
    SymbolKey? Key, IReadOnlyList<ReconciliationRange> Ranges, IReadOnlyCollection<ulong> ShortIds, IReadOnlyCollection<ContentHash> Items, bool IsBrief = false)
{
    private const byte ByItem = 0;
    private const byte ByShortId = 1;
    private const byte Brief = 2;

    // Of a million segments one is taken for one of a thousand others once in a thousand times; it is then one that the client has, which the client notices.
    private const int BriefIdBytes = 5;
    private const ulong BriefIdMask = (1UL << (8 * BriefIdBytes)) - 1;

    /// <summary>How many segments are asked for.</summary>
    public int Count => Key is null ? Items.Count : ShortIds.Count;

    /// <summary>The request as it is sent.</summary>
    public byte[] ToBytes()
    {
        var output = new WireWriter();
        output.WriteByte((byte)((Key is null ? ByItem : ByShortId) | (IsBrief ? Brief : 0)));
        if (Key is not null)
            output.WriteBytes(Key.Bytes);
        RangesWire.Write(output, Ranges);
        output.WriteVarint((ulong)Count);
        if (Key is not null)
            ShortIdsWire.Write(output, ShortIds, ShortIdBytes(IsBrief));
        else
            Array.ForEach([.. Items], output.WriteHash);
        return output.ToArray();
    }

    /// <summary>Reads a request.</summary>
    /// <exception cref="ProtocolViolationException">Names the field and the byte at fault.</exception>
    public static SegmentsRequest Read(ReadOnlySpan<byte> body)
    {
        var input = new WireReader(body);
        var form = input.ReadByte("form");
        if (form > (ByShortId | Brief))
            throw input.Fault("form", $"{form} is neither {ByItem} (items) nor {ByShortId} (short ids), nor {Brief} more for an answer without hashes");

        var key = (form & ByShortId) != 0 ? new SymbolKey(input.ReadBytes(SipHash.KeyBytes, "key")) : null;
        var ranges = RangesWire.Read(ref input);
        var (shortIds, items) = (new List<ulong>(), new List<ContentHash>());
        var idBytes = ShortIdBytes((form & Brief) != 0);
        var count = input.ReadCount("ids", SyncLimits.MaxItemIds, key is null ? ContentHash.LengthBytes : idBytes);
        if (key is not null)
            shortIds = ShortIdsWire.Read(ref input, count, idBytes);
        for (var left = key is null ? count : 0; left > 0; left--)
            items.Add(input.ReadHash("ids"));
        input.RequireEnd();
        return new SegmentsRequest(key, ranges, shortIds, items, (form & Brief) != 0);
    }

    /// <summary>Writes the answer.</summary>
    /// <param name="segments">Ascending by id.</param>
    public byte[] Answer(IReadOnlyList<SegmentMetadata> segments) => IsBrief ? SegmentColumnsWire.Write(segments) : SegmentTableWire.Write(segments);

    /// <summary>Reads the answer.</summary>
    /// <param name="body">Not yet trusted.</param>
    /// <exception cref="ProtocolViolationException">Names the field and the byte at fault, or the segment that was not asked for, as far as its hash tells.</exception>
    public IReadOnlyList<SegmentMetadata> ReadAnswer(ReadOnlySpan<byte> body)
    {
        if (IsBrief)
            return SegmentColumnsWire.Read(body, Count);
        var (segments, isAsked) = (SegmentTableWire.Read(body, Count), ToFilter());
        return segments.Find(segment => !isAsked(LogFingerprint.ItemOf(segment.Id, segment.ContentHash))) is { } stranger
            ? throw new ProtocolViolationException($"segments: '{stranger.Id}' with content {stranger.ContentHash} was not asked for.")
            : segments;
    }

    /// <summary>Chooses what is asked for, by item.</summary>
    public Func<ContentHash, bool> ToFilter()
    {
        if (Key is not { } key)
            return Items.ToHashSet().Contains;
        var mask = IsBrief ? BriefIdMask : ulong.MaxValue;
        var wanted = ShortIds.Select(id => id & mask).ToHashSet();
        return item => wanted.Contains(key.ShortId(item) & mask);
    }

    private static int ShortIdBytes(bool isBrief) => isBrief ? BriefIdBytes : sizeof(ulong);
}
