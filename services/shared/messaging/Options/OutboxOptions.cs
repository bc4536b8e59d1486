namespace Causality.Messaging;

/// <summary>How committed messages get to the broker. Configuration section <c>Bus:Outbox</c>.</summary>
public sealed class OutboxOptions
{
    /// <summary>Send from memory right after commit. Without it the sweeper sends everything: slower, for diagnosis only.</summary>
    /// <value>Default true.</value>
    public bool FastPath { get; set; } = true;

    /// <summary>How long the sweeper leaves a committed message to the process that wrote it.</summary>
    /// <value>Default 30 s. Shorter than a queue's wait gives messages sent twice, which the consumers' inboxes then drop.</value>
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest rest between two sweeps; wake-ups and due timers shorten it.</summary>
    /// <value>Default 5 s.</value>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Rows that a sweep takes at a time.</summary>
    /// <value>1 to 1000, default 200.</value>
    public int BatchSize { get; set; } = 200;

    /// <summary>The longest that a message may take to be confirmed by the broker.</summary>
    /// <value>Default 10 s; must be below <see cref="Grace"/>.</value>
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Tasks that send, each keeping the order of what it is given.</summary>
    /// <value>1 to 64, default 4.</value>
    public int Lanes { get; set; } = 4;

    /// <summary>Transactions that may wait in one lane; what does not fit is left to the sweeper.</summary>
    /// <value>1 to 10000, default 256.</value>
    public int LaneCapacity { get; set; } = 256;
}
