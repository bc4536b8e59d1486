namespace Causality.Messaging;

/// <summary>What carries the messages.</summary>
public enum BusTransport
{
    /// <summary>Queues in this process; queued messages are lost with it, outbox rows are not. For the embedded form and tests.</summary>
    InMemory,

    /// <summary>A RabbitMQ broker.</summary>
    RabbitMq,
}
