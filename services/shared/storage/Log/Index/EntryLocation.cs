using Causality.Core;

namespace Causality.Storage.Log.Index;

/// <summary>Where a line can be read.</summary>
/// <param name="Segment">The segment.</param>
/// <param name="ContentHash">The content that the offset is meant for.</param>
/// <param name="Offset">Where the line begins, in bytes.</param>
internal readonly record struct EntryLocation(SegmentId Segment, ContentHash ContentHash, int Offset);
