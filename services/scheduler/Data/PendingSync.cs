namespace Causality.Scheduler.Data;

/// <summary>The one follow-up that a peer's running sync may have: later requests are covered by it.</summary>
public sealed class PendingSync
{
    /// <summary>The peer; the key, so that there is never a second one.</summary>
    public string PeerId { get; set; } = "";

    /// <summary>The sync to be.</summary>
    public Guid SyncId { get; set; }

    /// <summary>Who asked.</summary>
    public string? RequestedBy { get; set; }

    /// <summary>The request's overrides, as JSON; null for none.</summary>
    public string? Overrides { get; set; }

    /// <summary>W3C <c>traceparent</c> of the request; null when it was in no trace.</summary>
    public string? TraceParent { get; set; }

    /// <summary>When it was asked for, milliseconds since the Unix epoch.</summary>
    public long RequestedAt { get; set; }
}
