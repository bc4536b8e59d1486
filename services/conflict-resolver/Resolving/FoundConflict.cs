using Causality.ConflictResolver.Ledger;
using Causality.Storage.Log.Index;

namespace Causality.ConflictResolver.Resolving;

/// <summary>A conflict as it stands in the log.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Subject">The entry id, or the timestamp in decimal.</param>
/// <param name="Versions">At least two, descending by key.</param>
internal sealed record FoundConflict(ConflictKind Kind, string Subject, IReadOnlyList<ContestedVersion> Versions);
