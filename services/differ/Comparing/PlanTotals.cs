namespace Causality.Differ.Comparing;

/// <summary>A part of a plan: what it still holds to be fetched, or what is stored.</summary>
/// <param name="Segments">Segments.</param>
/// <param name="Entries">Entries in them, as the peer says; of stored ones those that were new.</param>
/// <param name="Bytes">Content bytes of them, as the peer says; of stored ones those that were received.</param>
public readonly record struct PlanTotals(long Segments, long Entries, long Bytes);
