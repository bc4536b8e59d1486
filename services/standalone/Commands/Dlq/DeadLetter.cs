using RabbitMQ.Client;

namespace Causality.Standalone.Commands.Dlq;

/// <summary>A message in a queue of dead letters, held and not yet acknowledged.</summary>
internal sealed class DeadLetter(BasicGetResult received)
{
    private const string TypeUrn = "urn:message:";

    /// <summary>What the broker knows it by on this channel.</summary>
    public ulong Tag => received.DeliveryTag;

    public IReadOnlyBasicProperties Properties => received.BasicProperties;

    public ReadOnlyMemory<byte> Body => received.Body;

    /// <summary>The AMQP message id; null for a message that was sent without one.</summary>
    public string? Id => received.BasicProperties.MessageId;

    /// <summary>The headers as text.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; } = AmqpText.Of(received.BasicProperties.Headers);

    /// <summary>Why it is here.</summary>
    public DeadLetterReason Reason => field ??= DeadLetterReason.Of(this);

    /// <summary>True for a MassTransit envelope, which says its type itself.</summary>
    public bool IsEnvelope => received.BasicProperties.ContentType?.StartsWith("application/vnd.masstransit", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The type of a plain message as an URN: from its header, or from the exchange that it was published to before the broker moved it; null if nothing tells.</summary>
    public string? PlainType =>
        Headers.TryGetValue("MT-MessageType", out var type) ? type
        : Headers.TryGetValue("x-first-death-exchange", out var exchange) && exchange.Contains(':', StringComparison.Ordinal) ? TypeUrn + exchange
        : null;
}
