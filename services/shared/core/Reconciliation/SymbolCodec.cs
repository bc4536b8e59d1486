using System.Buffers.Binary;

namespace Causality.Core.Reconciliation;

/// <summary>Symbols on the wire: 8 bytes of sum, 4 of checksum (little-endian both), and the count as a signed varint against what is expected. About 13 bytes each.</summary>
public static class SymbolCodec
{
    /// <summary>The least that a symbol takes, in bytes.</summary>
    public const int MinBytes = sizeof(ulong) + sizeof(uint) + 1;

    /// <summary>Appends symbols.</summary>
    /// <param name="output">The message.</param>
    /// <param name="symbols">The symbols.</param>
    /// <param name="from">Number of the first.</param>
    /// <param name="size">Items in the set; the reader must be told.</param>
    public static void Write(WireWriter output, ReadOnlySpan<CodedSymbol> symbols, int from, long size)
    {
        for (var index = 0; index < symbols.Length; index++)
        {
            var bytes = output.Take(sizeof(ulong) + sizeof(uint));
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, symbols[index].Sum);
            BinaryPrimitives.WriteUInt32LittleEndian(bytes[sizeof(ulong)..], symbols[index].Check);
            output.WriteVarint(Varint.ZigZag(symbols[index].Count - SymbolEncoder.ExpectedCount(size, from + index)));
        }
    }

    /// <summary>Reads symbols.</summary>
    /// <exception cref="ProtocolViolationException">The message ends in them, or a count is impossible.</exception>
    public static CodedSymbol[] Read(ref WireReader input, int count, int from, long size)
    {
        var symbols = new CodedSymbol[count];
        for (var index = 0; index < count; index++)
        {
            var bytes = input.ReadBytes(sizeof(ulong) + sizeof(uint), "symbol");
            var (sum, check) = (BinaryPrimitives.ReadUInt64LittleEndian(bytes), BinaryPrimitives.ReadUInt32LittleEndian(bytes[sizeof(ulong)..]));
            var items = unchecked(Varint.UnZigZag(input.ReadVarint("symbol.count")) + SymbolEncoder.ExpectedCount(size, from + index));
            if (items < 0 || items > size)
                throw input.Fault("symbol.count", $"{items} of {size} items");
            symbols[index] = new CodedSymbol(sum, check, items);
        }

        return symbols;
    }
}
