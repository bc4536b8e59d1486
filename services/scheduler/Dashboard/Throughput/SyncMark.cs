namespace Causality.Scheduler.Dashboard.Throughput;

/// <summary>How far a sync was at a moment.</summary>
/// <param name="At">The moment, milliseconds since the Unix epoch.</param>
/// <param name="Entries">Entries new to our log until then.</param>
/// <param name="Bytes">Content bytes received until then.</param>
public readonly record struct SyncMark(long At, long Entries, long Bytes);
