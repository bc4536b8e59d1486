using Causality.Core;

namespace Causality.Storage.Log;

/// <summary>The log at one moment.</summary>
/// <param name="Version">Grows by one with every changed segment, and commits in order: what is visible has no gap that is filled later. The order of <see cref="ISharedLog.GetChangesAsync"/>.</param>
/// <param name="Fingerprint">Over every (segment id, content hash); equal fingerprints mean equal logs.</param>
/// <param name="SegmentCount">Number of segments.</param>
/// <param name="EntryCount">Sum of the segments' entry counts; an entry in two segments counts twice here.</param>
/// <param name="SizeBytes">Sum of the segments' content sizes.</param>
public sealed record LogHead(long Version, LogFingerprint Fingerprint, long SegmentCount, long EntryCount, long SizeBytes);
