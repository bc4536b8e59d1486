using Causality.Core;

namespace Causality.Storage.Log.Index;

/// <summary>One version of a contested id.</summary>
/// <param name="EntryId">The entry's id.</param>
/// <param name="Key">Timestamp and entry hash.</param>
/// <param name="EntryType">The entry's type.</param>
/// <param name="TraceId">The entry's trace id; null if absent.</param>
/// <param name="Segments">The segments it stands in, ascending, at least one.</param>
public sealed record ContestedVersion(string EntryId, EntryKey Key, EntryType EntryType, string? TraceId, IReadOnlyList<SegmentId> Segments);
