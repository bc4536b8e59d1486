namespace Causality.Scheduler.Dashboard.Throughput;

/// <summary>What the charts show.</summary>
/// <param name="Window">The stretch of time.</param>
/// <param name="At">When it was looked at.</param>
/// <param name="Parts">Its parts in order; the last one is not over yet.</param>
/// <param name="IsCut">True when there were more syncs than are looked at: entries and bytes of the oldest are missing.</param>
public sealed record FigureModel(FigureWindow Window, DateTimeOffset At, IReadOnlyList<FigurePart> Parts, bool IsCut);
