namespace Causality.Core;

/// <summary>One of the entries of a conflict, as far as the built-in strategies look at it.</summary>
/// <param name="Key">Timestamp and hash.</param>
/// <param name="IsNew">True when it came in since the conflict was last decided; false for what was known here before.</param>
public readonly record struct ConflictRival(EntryKey Key, bool IsNew);
