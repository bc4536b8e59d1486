using Causality.Core;

namespace Causality.Storage.Log.Index;

/// <summary>One version of an entry id.</summary>
/// <param name="Key">Timestamp and entry hash.</param>
/// <param name="Segments">The segments it stands in, ascending; empty while only the writer's journal has it.</param>
public sealed record EntryVersion(EntryKey Key, IReadOnlyList<SegmentId> Segments);
