namespace Causality.Storage.Log.Index;

/// <summary>A list that hands out references to its elements, in pieces, so that growing copies nothing and needs no room beside it.</summary>
internal sealed class GrowingArray<T> where T : struct
{
    private const int PieceBits = 15;
    private const int PieceLength = 1 << PieceBits;

    private readonly List<T[]> _pieces = [];

    /// <summary>Number of elements.</summary>
    public int Count { get; private set; }

    /// <summary>An element.</summary>
    public ref T this[int index] => ref _pieces[index >> PieceBits][index & (PieceLength - 1)];

    /// <summary>Appends an element.</summary>
    /// <returns>Its index.</returns>
    public int Add(in T item)
    {
        if (Count == int.MaxValue)
            throw new InvalidOperationException("The index is full: it holds at most 2^31 entries.");
        if (Count == _pieces.Count << PieceBits)
            _pieces.Add(new T[PieceLength]);

        this[Count] = item;
        return Count++;
    }

    /// <summary>Forgets the elements from an index on.</summary>
    public void Truncate(int count)
    {
        Count = count;
        var needed = (count + PieceLength - 1) >> PieceBits;
        _pieces.RemoveRange(needed, _pieces.Count - needed);
    }
}
