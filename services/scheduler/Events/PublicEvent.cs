namespace Causality.Scheduler.Events;

/// <summary>A public event as it was published; what the event stream replays.</summary>
public sealed class PublicEvent
{
    /// <summary>The event's number: the stream's <c>id</c>.</summary>
    public long Sequence { get; set; }

    /// <summary>The PostgreSQL transaction that wrote it (0 on SQLite, which has one writer): numbers commit out of order, so readers stop at the oldest open transaction.</summary>
    public long TransactionId { get; set; }

    /// <summary>Name of the event, for example <c>SyncCompleted</c>.</summary>
    public string EventType { get; set; } = "";

    /// <summary>The sync.</summary>
    public Guid SyncId { get; set; }

    /// <summary>The peer, if known.</summary>
    public string? PeerId { get; set; }

    /// <summary>When it happened, milliseconds since the Unix epoch.</summary>
    public long At { get; set; }

    /// <summary>The event, as JSON with camelCase names, as on the bus.</summary>
    public string Body { get; set; } = "{}";
}
