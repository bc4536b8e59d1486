using Causality.Core;

namespace Causality.Protocol.Reconciling;

/// <summary>An entry of one of the segments of a request.</summary>
/// <param name="Segment">Place of the segment in the request, from 0.</param>
/// <param name="Hash">The entry.</param>
public readonly record struct SegmentEntry(int Segment, ContentHash Hash);
