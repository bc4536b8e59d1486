namespace Causality.Core.Reconciliation;

/// <summary>Makes the symbols of a set.</summary>
public static class SymbolEncoder
{
    /// <summary>The symbols from <paramref name="from"/> on.</summary>
    /// <param name="shortIds">The set; no id twice.</param>
    /// <param name="from">The first symbol wanted, 0 or more.</param>
    /// <param name="count">How many.</param>
    /// <returns>The symbols, in order.</returns>
    /// <remarks>O(n log m) for n items up to symbol m; nothing is kept between calls.</remarks>
    public static CodedSymbol[] Encode(ReadOnlySpan<ulong> shortIds, int from, int count)
    {
        var (symbols, end) = (new CodedSymbol[count], from + count);
        foreach (var item in shortIds)
        {
            var check = SymbolMapping.CheckOf(item);
            for (var mapping = new SymbolMapping(item); mapping.Index < end; mapping.MoveNext())
            {
                if (mapping.Index >= from)
                    symbols[mapping.Index - from] = symbols[mapping.Index - from].With(item, check, 1);
            }
        }

        return symbols;
    }

    /// <summary>How many items of a set of <paramref name="size"/> symbol <paramref name="index"/> takes on average, rounded down: counts are sent as differences to it.</summary>
    public static long ExpectedCount(long size, int index) => (long)(size / (1.0 + (index / 2.0)));
}
