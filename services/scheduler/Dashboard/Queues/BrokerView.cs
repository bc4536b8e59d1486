namespace Causality.Scheduler.Dashboard.Queues;

/// <summary>The broker at one moment.</summary>
/// <param name="At">The moment.</param>
/// <param name="Queues">The services' queues, ascending by name.</param>
/// <param name="DeadLetters">Messages in all error queues, those of no known service included.</param>
/// <param name="Alarms">What stops publishers: memory, disk, blocked connections; for people.</param>
/// <param name="Unseen">What could not be looked at and why; null for nothing.</param>
public sealed record BrokerView(DateTimeOffset At, IReadOnlyList<QueueRow> Queues, long DeadLetters, IReadOnlyList<string> Alarms, string? Unseen);
