using Causality.Core;

namespace Causality.Storage.Log;

/// <summary>What importing one segment did.</summary>
/// <param name="Outcome">What happened.</param>
/// <param name="Metadata">The segment as it now stands.</param>
/// <param name="EntriesAdded">Entries that our copy of the segment did not have.</param>
public sealed record ImportResult(ImportOutcome Outcome, SegmentMetadata Metadata, long EntriesAdded);
