namespace Causality.Storage.Log.Index;

/// <summary>A list that hands out references to its elements, so that large elements are changed in place.</summary>
internal sealed class GrowingArray<T> where T : struct
{
    private T[] _items = new T[256];

    /// <summary>Number of elements.</summary>
    public int Count { get; private set; }

    /// <summary>An element; the reference is good until the next <see cref="Add"/>.</summary>
    public ref T this[int index] => ref _items[index];

    /// <summary>Appends an element.</summary>
    /// <returns>Its index.</returns>
    public int Add(in T item)
    {
        if (Count == _items.Length)
            Array.Resize(ref _items, checked(Count + Math.Max(Count / 2, 256)));

        _items[Count] = item;
        return Count++;
    }

    /// <summary>Forgets the elements from an index on.</summary>
    public void Truncate(int count) => Count = count;
}
