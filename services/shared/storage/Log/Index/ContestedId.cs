namespace Causality.Storage.Log.Index;

/// <summary>An entry id with more than one content in the log, with what the ledger keeps of each.</summary>
/// <param name="EntryId">The id.</param>
/// <param name="Versions">At least two, descending by key; only those that stand in a segment.</param>
public sealed record ContestedId(string EntryId, IReadOnlyList<ContestedVersion> Versions);
