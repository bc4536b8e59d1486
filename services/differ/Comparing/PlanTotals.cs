namespace Causality.Differ.Comparing;

/// <summary>What a plan still holds to be fetched.</summary>
/// <param name="Segments">Segments.</param>
/// <param name="Entries">Entries in them, as the peer says.</param>
/// <param name="Bytes">Content bytes of them, as the peer says.</param>
public readonly record struct PlanTotals(long Segments, long Entries, long Bytes);
