namespace Causality.Storage.Database.Records;

/// <summary>A message that a consumer has dealt with: the idempotent consumer's memory.</summary>
public sealed class InboxMessage
{
    /// <summary>The message.</summary>
    public Guid MessageId { get; set; }

    /// <summary>The consumer, by a stable name.</summary>
    public string Consumer { get; set; } = "";

    /// <summary>When it came, milliseconds since the Unix epoch.</summary>
    public long ReceivedAt { get; set; }
}
