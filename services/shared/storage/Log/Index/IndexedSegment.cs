using Causality.Core;

namespace Causality.Storage.Log.Index;

/// <summary>A segment whose entries are in the index.</summary>
/// <param name="Id">The segment.</param>
/// <param name="ContentHash">The content that was indexed.</param>
/// <param name="FirstPlace">Number of its first place.</param>
/// <param name="Count">Its places, which follow each other.</param>
internal sealed record IndexedSegment(SegmentId Id, ContentHash ContentHash, int FirstPlace, int Count);
