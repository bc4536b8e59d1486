namespace Causality.Storage.Log.Index;

/// <summary>An entry id with more than one content in the log. Design §2 point 5.</summary>
/// <param name="EntryId">The id.</param>
/// <param name="Versions">At least two, descending by key: the first is the latest.</param>
public sealed record EntryConflict(string EntryId, IReadOnlyList<EntryVersion> Versions);
