using Causality.Core;

namespace Causality.Storage.Log;

/// <summary>A segment as of its latest change.</summary>
/// <param name="Version">The version of the log that this change made; no two changes share one, so it is a cursor at any page size.</param>
/// <param name="Metadata">The segment.</param>
public sealed record SegmentChange(long Version, SegmentMetadata Metadata);
