namespace Causality.Core;

/// <summary>One version of a conflict with where it came from.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="IsNew">True when it came in since the conflict was last decided.</param>
/// <param name="PeerId">The peer that brought it; null for the operator's own.</param>
public sealed record ConflictingEntry(LogEntry Entry, bool IsNew, string? PeerId);
