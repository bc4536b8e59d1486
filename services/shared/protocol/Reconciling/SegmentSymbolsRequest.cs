using Causality.Contracts.Http;
using Causality.Core;
using Causality.Core.Reconciliation;

namespace Causality.Protocol.Reconciling;

/// <summary>Asks for symbols of the segments in some ranges.</summary>
/// <param name="Key">The session's key.</param>
/// <param name="From">Number of the first symbol.</param>
/// <param name="Count">How many, at most <see cref="SyncLimits.MaxSymbols"/>.</param>
/// <param name="Ranges">Ascending, not overlapping, at most <see cref="SyncLimits.MaxRanges"/>.</param>
public sealed record SegmentSymbolsRequest(SymbolKey Key, int From, int Count, IReadOnlyList<ReconciliationRange> Ranges)
{
    /// <summary>The request as it is sent.</summary>
    public byte[] ToBytes()
    {
        var output = new WireWriter();
        output.WriteBytes(Key.Bytes);
        SymbolsWire.WriteWindow(output, From, Count);
        RangesWire.Write(output, Ranges);
        return output.ToArray();
    }

    /// <summary>Reads a request.</summary>
    /// <exception cref="ProtocolViolationException">Names the field and the byte at fault.</exception>
    public static SegmentSymbolsRequest Read(ReadOnlySpan<byte> body)
    {
        var input = new WireReader(body);
        var key = new SymbolKey(input.ReadBytes(SipHash.KeyBytes, "key"));
        var (from, count) = SymbolsWire.ReadWindow(ref input);
        var request = new SegmentSymbolsRequest(key, from, count, RangesWire.Read(ref input));
        input.RequireEnd();
        return request;
    }
}
