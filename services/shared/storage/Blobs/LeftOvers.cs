namespace Causality.Storage.Blobs;

/// <summary>What interrupted writes have left in a store.</summary>
/// <param name="Count">Files, or uploads that were never ended.</param>
/// <param name="SizeBytes">What they take; 0 where the store does not tell.</param>
public readonly record struct LeftOvers(int Count, long SizeBytes);
