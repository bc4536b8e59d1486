using Causality.Core;

namespace Causality.Storage.Log;

/// <summary>A segment to be merged into the log.</summary>
/// <param name="Segment">Verified.</param>
/// <param name="Extends">A content that it is known to include: if the row has that one, the stored copy need not be read. Default: none.</param>
internal readonly record struct SegmentOffer(LogSegment Segment, ContentHash? Extends = null);
