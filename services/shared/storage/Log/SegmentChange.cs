using Causality.Core;

namespace Causality.Storage.Log;

/// <summary>A segment as of its latest change.</summary>
/// <param name="Version">The version of the log in which it changed; several segments of one commit share it.</param>
/// <param name="Metadata">The segment.</param>
public sealed record SegmentChange(long Version, SegmentMetadata Metadata);
