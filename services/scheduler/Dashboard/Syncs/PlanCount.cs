using Causality.Storage.Database.Records;

namespace Causality.Scheduler.Dashboard.Syncs;

/// <summary>How many segments of a plan are how far.</summary>
/// <param name="Direction">Which way they move.</param>
/// <param name="State">How far they are.</param>
/// <param name="Reason">Why they are not stored; null for no reason.</param>
/// <param name="Segments">Segments.</param>
/// <param name="Entries">Entries in them, as the peer says.</param>
/// <param name="Bytes">Content bytes in them, as the peer says.</param>
public sealed record PlanCount(PlanDirection Direction, PlanSegmentState State, string? Reason, long Segments, long Entries, long Bytes);
