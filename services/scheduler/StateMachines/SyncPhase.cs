namespace Causality.Scheduler.StateMachines;

/// <summary>A state that a sync came into.</summary>
/// <param name="State">Name of the saga's state.</param>
/// <param name="At">When, milliseconds since the Unix epoch.</param>
/// <param name="Attempt">Number of the comparison that it was in then.</param>
/// <param name="Reason">Why, one of <c>SyncReasons</c>, where something had gone wrong; else null.</param>
public sealed record SyncPhase(string State, long At, int Attempt, string? Reason);
