namespace Causality.Core.Reconciliation;

/// <summary>Finds the difference of two sets from their symbols. Give it symbols until <see cref="IsDecoded"/>. Not thread-safe.</summary>
/// <remarks>
/// About 1.4 symbols per difference, whatever the sets' sizes. A checksum that matches by chance leaves symbols that never become empty, so a wrong result does
/// not pass for a right one. Source: as for <see cref="SymbolMapping"/>, §4.1.
/// </remarks>
public sealed class SymbolDecoder
{
    private readonly List<CodedSymbol> _symbols = [];
    private readonly List<long> _counts = [];
    private readonly Dictionary<ulong, long> _found = [];
    private readonly Stack<int> _pure = new();

    /// <summary>Symbols taken in so far: the number of the one that comes next.</summary>
    public int Count => _symbols.Count;

    /// <summary>True when every difference has been found: symbol 0 takes all of them, and nothing is left of it.</summary>
    public bool IsDecoded => Count > 0 && _symbols[0].IsEmpty;

    /// <summary>Short ids that only we have, as far as found.</summary>
    public IEnumerable<ulong> Ours => _found.Where(pair => pair.Value > 0).Select(pair => pair.Key);

    /// <summary>Short ids that only the peer has, as far as found.</summary>
    public IEnumerable<ulong> Theirs => _found.Where(pair => pair.Value < 0).Select(pair => pair.Key);

    /// <summary>Takes in the next symbols.</summary>
    /// <param name="ours">Of our set, from number <see cref="Count"/> on.</param>
    /// <param name="theirs">Of the peer's set, as many.</param>
    /// <exception cref="ArgumentException">Not as many.</exception>
    /// <exception cref="ProtocolViolationException">Symbols that no set has.</exception>
    public void Add(ReadOnlySpan<CodedSymbol> ours, ReadOnlySpan<CodedSymbol> theirs)
    {
        if (ours.Length != theirs.Length)
            throw new ArgumentException($"{ours.Length} symbols against {theirs.Length}.", nameof(theirs));

        var first = Count;
        for (var index = 0; index < ours.Length; index++)
        {
            _symbols.Add(ours[index].Less(theirs[index]));
            _counts.Add(_symbols[^1].Count);
        }

        foreach (var (item, times) in _found)
            TakeOut(item, times, first);
        for (var index = first; index < Count; index++)
            Watch(index);
        Peel();
    }

    /// <summary>How many differences there are, estimated from the scatter of the counts: exact on average, off by about 1.4 / √symbols.</summary>
    /// <remarks>
    /// Every difference is in symbol i with probability p = 1 / (1 + i / 2), counted as +1 or -1; symbol 0 counts all. So the count of symbol i is p times that of symbol 0
    /// but for a scatter of differences · p · (1 - p).
    /// </remarks>
    public long Estimate()
    {
        if (Count < 2)
            return Count == 0 ? 0 : Math.Abs(_counts[0]);

        double sum = 0;
        for (var index = 1; index < Count; index++)
        {
            var p = 1.0 / (1.0 + (index / 2.0));
            var off = _counts[index] - (p * _counts[0]);
            sum += off * off / (p * (1.0 - p));
        }

        return Math.Max(Math.Max(Math.Abs(_counts[0]), _found.Count), (long)(sum / (Count - 1)));
    }

    private void Peel()
    {
        while (_pure.TryPop(out var index))
        {
            var symbol = _symbols[index];
            if (!symbol.IsPure)
                continue; // It has been emptied by another symbol of the same item.
            if (!_found.TryAdd(symbol.Sum, symbol.Count))
                throw new ProtocolViolationException($"symbols: number {index} gives an item that was found before; these are not the symbols of a set.");
            if (_found.Count > Count)
                throw new ProtocolViolationException($"symbols: {Count} of them give more items than they are; these are not the symbols of a set.");
            TakeOut(symbol.Sum, symbol.Count, 0);
        }
    }

    private void TakeOut(ulong item, long times, int from)
    {
        var check = SymbolMapping.CheckOf(item);
        for (var mapping = new SymbolMapping(item); mapping.Index < Count; mapping.MoveNext())
        {
            if (mapping.Index < from)
                continue;
            _symbols[mapping.Index] = _symbols[mapping.Index].With(item, check, -times);
            Watch(mapping.Index);
        }
    }

    private void Watch(int index)
    {
        if (_symbols[index].IsPure)
            _pure.Push(index);
    }
}
