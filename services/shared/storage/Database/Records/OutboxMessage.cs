namespace Causality.Storage.Database.Records;

/// <summary>A message that is to be sent, committed together with the state change that it tells of.</summary>
public sealed class OutboxMessage
{
    /// <summary>Order of writing.</summary>
    public long Sequence { get; set; }

    /// <summary>Stays the same however often the message is sent.</summary>
    public Guid MessageId { get; set; }

    /// <summary>Where to.</summary>
    public string Destination { get; set; } = "";

    /// <summary>Media type of the body.</summary>
    public string ContentType { get; set; } = "";

    /// <summary>Message type URNs, separated by semicolons.</summary>
    public string MessageTypes { get; set; } = "";

    /// <summary>The serialized message, sent as it is.</summary>
    public byte[] Body { get; set; } = [];

    /// <summary>Headers and identifiers, as JSON.</summary>
    public string Properties { get; set; } = "{}";

    /// <summary>Not before this, milliseconds since the Unix epoch: the sweeper's grace, a back-off or a timer.</summary>
    public long DueAt { get; set; }

    /// <summary>Token of a timer that can be cancelled; null for none.</summary>
    public Guid? ScheduleToken { get; set; }

    /// <summary>Messages of one key are sent in the order of <see cref="Sequence"/> (a saga's, for example); null where order does not matter.</summary>
    public Guid? OrderKey { get; set; }

    /// <summary>Failed attempts to send.</summary>
    public int Attempts { get; set; }
}
