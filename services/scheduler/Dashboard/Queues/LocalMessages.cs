namespace Causality.Scheduler.Dashboard.Queues;

/// <summary>The outbox and the inbox of this process's service.</summary>
public sealed record LocalMessages
{
    /// <summary>Whose they are.</summary>
    public required string Service { get; init; }

    /// <summary>Messages that wait to be sent now; at most 10,000 are counted.</summary>
    public required int Due { get; init; }

    /// <summary>When the oldest of them was due; null for none.</summary>
    public DateTimeOffset? OldestDue { get; init; }

    /// <summary>Timers: messages for later.</summary>
    public required int Later { get; init; }

    /// <summary>Messages that failed to be sent at least once and wait.</summary>
    public required int Failed { get; init; }

    /// <summary>Messages that consumers dealt with in the last minute; at most 10,000 are counted.</summary>
    public required int HandledLastMinute { get; init; }
}
