using Causality.Contracts.Http;
using Causality.Core;
using Causality.Core.Reconciliation;

namespace Causality.Protocol.Reconciling;

/// <summary>Asks for symbols of the entries of several segments together.</summary>
/// <param name="Key">The session's key; the short id of an entry takes in the place of its segment in <paramref name="Segments"/>.</param>
/// <param name="From">Number of the first symbol.</param>
/// <param name="Count">How many, at most <see cref="SyncLimits.MaxSymbols"/>.</param>
/// <param name="Segments">Strictly ascending by id, at most <see cref="SyncLimits.MaxReconciledSegments"/>.</param>
public sealed record EntrySymbolsRequest(SymbolKey Key, int From, int Count, IReadOnlyList<NamedContent> Segments)
{
    /// <summary>The request as it is sent.</summary>
    public byte[] ToBytes()
    {
        var output = new WireWriter();
        output.WriteBytes(Key.Bytes);
        SymbolsWire.WriteWindow(output, From, Count);
        NamedContentsWire.Write(output, Segments);
        return output.ToArray();
    }

    /// <summary>Reads a request.</summary>
    /// <exception cref="ProtocolViolationException">Names the field and the byte at fault.</exception>
    public static EntrySymbolsRequest Read(ReadOnlySpan<byte> body)
    {
        var input = new WireReader(body);
        var key = new SymbolKey(input.ReadBytes(SipHash.KeyBytes, "key"));
        var (from, count) = SymbolsWire.ReadWindow(ref input);
        var request = new EntrySymbolsRequest(key, from, count, NamedContentsWire.Read(ref input));
        input.RequireEnd();
        return request;
    }
}
