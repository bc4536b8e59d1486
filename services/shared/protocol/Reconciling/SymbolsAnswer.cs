using Causality.Core;
using Causality.Core.Reconciliation;

namespace Causality.Protocol.Reconciling;

/// <summary>Symbols of a set of the peer's.</summary>
/// <param name="Version">Names the set: as long as two answers have the same one, their symbols belong together.</param>
/// <param name="Size">Items in the set.</param>
/// <param name="Gone">Places of the segments in the request that are not there with that content (any more); the set is without them. Ascending.</param>
/// <param name="Symbols">As many as were asked for.</param>
public sealed record SymbolsAnswer(ulong Version, long Size, IReadOnlyList<int> Gone, CodedSymbol[] Symbols)
{
    /// <summary>The answer as it is sent.</summary>
    /// <param name="from">Number of the first symbol.</param>
    public byte[] ToBytes(int from)
    {
        var output = new WireWriter();
        output.WriteVarint(Version);
        output.WriteVarint((ulong)Size);
        output.WriteVarint((ulong)Gone.Count);
        foreach (var index in Gone)
            output.WriteVarint((ulong)index);
        SymbolCodec.Write(output, Symbols, from, Size);
        return output.ToArray();
    }

    /// <summary>Reads an answer.</summary>
    /// <param name="body">Not yet trusted.</param>
    /// <param name="from">Number of the first symbol that was asked for.</param>
    /// <param name="count">How many were asked for.</param>
    /// <param name="segments">How many segments were named.</param>
    /// <exception cref="ProtocolViolationException">Names the field and the byte at fault.</exception>
    public static SymbolsAnswer Read(ReadOnlySpan<byte> body, int from, int count, int segments)
    {
        var input = new WireReader(body);
        var (version, size) = (input.ReadVarint("version"), input.ReadNumber("size", int.MaxValue));
        var gone = new List<int>();
        for (var left = input.ReadCount("gone", segments, 1); left > 0; left--)
        {
            var index = (int)input.ReadNumber("gone", segments - 1);
            if (gone.Count > 0 && index <= gone[^1])
                throw input.Fault("gone", $"{index} follows {gone[^1]}; the list ascends");
            gone.Add(index);
        }

        var symbols = SymbolCodec.Read(ref input, count, from, size);
        input.RequireEnd();
        return new SymbolsAnswer(version, size, gone, symbols);
    }
}
