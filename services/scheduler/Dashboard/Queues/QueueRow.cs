namespace Causality.Scheduler.Dashboard.Queues;

/// <summary>A queue of a service with what has gone to its error queues.</summary>
public sealed record QueueRow
{
    /// <summary>The queue.</summary>
    public required string Name { get; init; }

    /// <summary>Messages that wait.</summary>
    public required long Ready { get; init; }

    /// <summary>Messages that a consumer has and has not acknowledged.</summary>
    public required long Unacked { get; init; }

    /// <summary>Consumers.</summary>
    public required long Consumers { get; init; }

    /// <summary>Messages in <c>_error</c> and <c>_skipped</c>.</summary>
    public required long DeadLetters { get; init; }

    /// <summary>Messages published a second; null when the broker has not said.</summary>
    public double? InPerSecond { get; init; }

    /// <summary>Messages acknowledged a second; null when the broker has not said.</summary>
    public double? OutPerSecond { get; init; }

    /// <summary>True when nobody takes its messages.</summary>
    public bool IsUnattended => Consumers == 0;
}
