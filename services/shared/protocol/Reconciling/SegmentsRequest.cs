using Causality.Contracts.Http;
using Causality.Core;
using Causality.Core.Reconciliation;

namespace Causality.Protocol.Reconciling;

/// <summary>Asks for the metadata of segments that were found by reconciling, by their short ids under a key or by their items.</summary>
/// <param name="Key">The session's key; null when <paramref name="Items"/> names them.</param>
/// <param name="Ranges">Where they lie: the server looks no further. Ascending, not overlapping.</param>
/// <param name="ShortIds">With a key: at most <see cref="SyncLimits.MaxItemIds"/>.</param>
/// <param name="Items">Without one: as many.</param>
public sealed record SegmentsRequest(
    SymbolKey? Key, IReadOnlyList<ReconciliationRange> Ranges, IReadOnlyCollection<ulong> ShortIds, IReadOnlyCollection<ContentHash> Items)
{
    private const byte ByItem = 0;
    private const byte ByShortId = 1;

    /// <summary>How many segments are asked for.</summary>
    public int Count => Key is null ? Items.Count : ShortIds.Count;

    /// <summary>The request as it is sent.</summary>
    public byte[] ToBytes()
    {
        var output = new WireWriter();
        output.WriteByte(Key is null ? ByItem : ByShortId);
        if (Key is not null)
            output.WriteBytes(Key.Bytes);
        RangesWire.Write(output, Ranges);
        output.WriteVarint((ulong)Count);
        if (Key is not null)
            ShortIdsWire.Write(output, ShortIds);
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
        if (form is not (ByItem or ByShortId))
            throw input.Fault("form", $"{form} is neither {ByItem} (items) nor {ByShortId} (short ids)");

        var key = form == ByShortId ? new SymbolKey(input.ReadBytes(SipHash.KeyBytes, "key")) : null;
        var ranges = RangesWire.Read(ref input);
        var (shortIds, items) = (new List<ulong>(), new List<ContentHash>());
        var count = input.ReadCount("ids", SyncLimits.MaxItemIds, key is null ? ContentHash.LengthBytes : sizeof(ulong));
        if (key is not null)
            shortIds = ShortIdsWire.Read(ref input, count);
        for (var left = key is null ? count : 0; left > 0; left--)
            items.Add(input.ReadHash("ids"));
        input.RequireEnd();
        return new SegmentsRequest(key, ranges, shortIds, items);
    }

    /// <summary>Chooses what is asked for, by item.</summary>
    public Func<ContentHash, bool> ToFilter()
    {
        if (Key is not { } key)
            return Items.ToHashSet().Contains;
        var wanted = ShortIds.ToHashSet();
        return item => wanted.Contains(key.ShortId(item));
    }
}
