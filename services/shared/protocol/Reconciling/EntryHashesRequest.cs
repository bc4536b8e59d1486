using Causality.Contracts.Http;
using Causality.Core;
using Causality.Core.Reconciliation;

namespace Causality.Protocol.Reconciling;

/// <summary>Asks for the hashes of entries that were found by their symbols.</summary>
/// <param name="Key">The session's key.</param>
/// <param name="Segments">As in the request for the symbols.</param>
/// <param name="ShortIds">At most <see cref="SyncLimits.MaxItemIds"/>.</param>
public sealed record EntryHashesRequest(SymbolKey Key, IReadOnlyList<NamedContent> Segments, IReadOnlyCollection<ulong> ShortIds)
{
    /// <summary>The request as it is sent.</summary>
    public byte[] ToBytes()
    {
        var output = new WireWriter();
        output.WriteBytes(Key.Bytes);
        NamedContentsWire.Write(output, Segments);
        output.WriteVarint((ulong)ShortIds.Count);
        ShortIdsWire.Write(output, ShortIds);
        return output.ToArray();
    }

    /// <summary>Reads a request.</summary>
    /// <exception cref="ProtocolViolationException">Names the field and the byte at fault.</exception>
    public static EntryHashesRequest Read(ReadOnlySpan<byte> body)
    {
        var input = new WireReader(body);
        var key = new SymbolKey(input.ReadBytes(SipHash.KeyBytes, "key"));
        var segments = NamedContentsWire.Read(ref input);
        var shortIds = ShortIdsWire.Read(ref input, input.ReadCount("ids", SyncLimits.MaxItemIds, sizeof(ulong)));
        input.RequireEnd();
        return new EntryHashesRequest(key, segments, shortIds);
    }
}
