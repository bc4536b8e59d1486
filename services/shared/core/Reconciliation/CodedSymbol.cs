namespace Causality.Core.Reconciliation;

/// <summary>One symbol of a set: what is left of all the items that it takes when they are added up without carry.</summary>
/// <param name="Sum">XOR of their short ids.</param>
/// <param name="Check">XOR of the checksums of their short ids.</param>
/// <param name="Count">How many they are; in a difference of two sets, ours less theirs.</param>
public readonly record struct CodedSymbol(ulong Sum, uint Check, long Count)
{
    /// <summary>True for the symbol that takes nothing, or in which both sets agree.</summary>
    public bool IsEmpty => this == default;

    /// <summary>True when it takes one item that the other set lacks, as far as a checksum of 32 bits can tell.</summary>
    public bool IsPure => Count is 1 or -1 && Check == SymbolMapping.CheckOf(Sum);

    /// <summary>With an item added <paramref name="times"/> times (1 or -1).</summary>
    public CodedSymbol With(ulong item, uint check, long times) => new(Sum ^ item, Check ^ check, Count + times);

    /// <summary>The symbol of the difference of two sets.</summary>
    public CodedSymbol Less(CodedSymbol other) => new(Sum ^ other.Sum, Check ^ other.Check, Count - other.Count);
}
