using Causality.Core;

namespace Causality.Storage.Maintenance;

/// <summary>What came of looking for a content elsewhere.</summary>
/// <param name="Wanted">The segment.</param>
/// <param name="Found">The content, verified against its hash; null when nobody had it. Read it before the next element is asked for.</param>
/// <param name="Note">Who had it; or why nobody did, peer by peer.</param>
public sealed record SegmentFind(SegmentMetadata Wanted, LogSegment? Found, string Note);
