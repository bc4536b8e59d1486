namespace Causality.Core;

/// <summary>A conflict as a strategy of one's own sees it.</summary>
/// <param name="Subject">The contested entry id; or, for entries that share nothing but their time, the timestamp.</param>
/// <param name="Versions">Two or more, descending by key; of an id with very many versions only the latest.</param>
/// <param name="Standing">What the view showed until now; null when that was not decided yet.</param>
public sealed record ConflictCase(string Subject, IReadOnlyList<ConflictingEntry> Versions, ContentHash? Standing);
