using Causality.Core;
using Causality.Storage.Database.Records;

namespace Causality.Differ.Comparing;

/// <summary>A row of a plan that is to be written.</summary>
/// <param name="Segment">The segment, as the peer describes it, or as it is here for <see cref="PlanDirection.Out"/>.</param>
/// <param name="Direction">Which way.</param>
/// <param name="Entries">The hashes of the entries to move, 32 bytes each, ascending; null for the whole segment.</param>
/// <param name="IsShared">False for one that only one side's scope covers: it is named, and not moved.</param>
public sealed record PlannedSegment(SegmentMetadata Segment, PlanDirection Direction, byte[]? Entries = null, bool IsShared = true);
