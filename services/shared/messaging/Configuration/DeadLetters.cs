using MassTransit;

namespace Causality.Messaging.Configuration;

/// <summary>Where messages go that cannot be dealt with, and how they are kept there.</summary>
internal static class DeadLetters
{
    private const string DeliveryLimitArgument = "x-delivery-limit";

    private static readonly string[] SourceOnly = ["x-dead-letter-exchange", "x-dead-letter-strategy", "x-overflow"];

    /// <summary>Looking at a dead letter and putting it back counts as a delivery, and nobody may lose one by looking.</summary>
    private const int LooksAtDeadLetters = 1_000_000;

    /// <summary>Sends what the broker gives up (a message that was handed out too often) to the queue's <c>_error</c>, which exists from the start for it.</summary>
    /// <remarks>
    /// Without this a quorum queue drops such a message. At least once: it stays in the source until the error queue has confirmed it, for which RabbitMQ wants
    /// the overflow behaviour that refuses; no queue here has a length limit, so nothing is ever refused.
    /// </remarks>
    internal static void Keep(IRabbitMqReceiveEndpointConfigurator queue, string name, int deliveryLimit)
    {
        queue.SetQuorumQueue();
        queue.SetQueueArgument(DeliveryLimitArgument, deliveryLimit);
        queue.SetQueueArgument("x-dead-letter-strategy", "at-least-once");
        queue.SetQueueArgument("x-overflow", "reject-publish");
        var errors = $"{name}_error";
        queue.BindDeadLetterQueue(errors, errors, binding =>
        {
            binding.SetQueueArgument("x-queue-type", "quorum");
            Shape(binding);
        });
    }

    /// <summary>MassTransit gives the queues of dead letters the arguments of their source, and theirs must not pass their messages on.</summary>
    internal static void Shape(IRabbitMqQueueBindingConfigurator queue)
    {
        foreach (var argument in SourceOnly)
            queue.SetQueueArgument(argument, null!);
        queue.SetQueueArgument(DeliveryLimitArgument, LooksAtDeadLetters);
    }
}
