namespace Causality.Core.Reconciliation;

/// <summary>The symbols that take an item: all of symbol 0, and symbol i with probability 1 / (1 + i / 2), by a walk that follows from the item.</summary>
/// <remarks>
/// The number of steps up to symbol m grows with the logarithm of m. Source: Yang, Gilad, Alizadeh, "Practical Rateless Set Reconciliation", SIGCOMM 2024, §4.2.
/// What is random here is SplitMix64; every operation is exact in IEEE 754, so that all implementations walk alike.
/// </remarks>
public struct SymbolMapping
{
    private const ulong Golden = 0x9E3779B97F4A7C15UL;
    private ulong _state;

    /// <summary>Begins the walk of an item at symbol 0.</summary>
    /// <param name="shortId">The item.</param>
    public SymbolMapping(ulong shortId) => _state = shortId;

    /// <summary>The present symbol; <see cref="int.MaxValue"/> once it is beyond every bound.</summary>
    public int Index { get; private set; }

    /// <summary>The checksum of a short id: the upper half of another mix of it.</summary>
    public static uint CheckOf(ulong shortId) => (uint)(Mix(~shortId) >> 32);

    /// <summary>Goes on to the next symbol that takes the item.</summary>
    public void MoveNext()
    {
        _state = unchecked(_state + Golden);
        var uniform = ((Mix(_state) >> 11) + 1) * (1.0 / (1UL << 53)); // In (0, 1].
        var step = Math.Max(1.0, Math.Ceiling((Index + 1.5) * ((1.0 / Math.Sqrt(uniform)) - 1.0)));
        Index = step < int.MaxValue - Index ? Index + (int)step : int.MaxValue;
    }

    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
            return value ^ (value >> 31);
        }
    }
}
