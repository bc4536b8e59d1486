using Causality.Storage.Database.Records;
using MassTransit;

namespace Causality.Messaging.Outbox;

/// <summary>Turns a message that is about to be sent into a row.</summary>
internal static class OutboxRows
{
    internal static OutboxMessage Capture<T>(SendContext<T> context, DateTimeOffset now) where T : class
    {
        if (context.DestinationAddress is not { } destination)
            throw new InvalidOperationException($"A message of type {typeof(T)} has no destination; send it to an endpoint or publish it.");
        var later = context.Delay > TimeSpan.Zero ? context.Delay : null;
        var token = context.ScheduledMessageId;
        // The delay is the row's: the transport must not see it, for RabbitMQ would want a plugin.
        context.Delay = null;
        return new OutboxMessage
        {
            MessageId = context.MessageId ?? NewId.NextGuid(),
            Destination = WithoutHost(destination),
            ContentType = (context.ContentType ?? context.Serialization.DefaultContentType).ToString(),
            MessageTypes = string.Join(';', context.SupportedMessageTypes),
            Body = context.Serializer.GetMessageBody(context).GetBytes(),
            Properties = StoredProperties.Of(context, now).Write(),
            DueAt = (now + (later ?? TimeSpan.Zero)).ToUnixTimeMilliseconds(),
            ScheduleToken = later is null ? null : token ?? NewId.NextGuid(),
        };
    }

    /// <summary>A short address, so that rows outlive a broker's move to another host or virtual host.</summary>
    /// <remarks>
    /// It names the exchange only. An address <c>queue:name</c> would have the sender declare the queue, as a classic one, which RabbitMQ refuses where
    /// the endpoint has made it a quorum queue. So an endpoint must have been started once before anything is sent to it by name.
    /// </remarks>
    private static string WithoutHost(Uri address)
    {
        var kept = address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Where(part => !part.StartsWith("bind=", StringComparison.Ordinal) && !part.StartsWith("queue=", StringComparison.Ordinal));
        var query = string.Join('&', kept);
        return $"exchange:{Uri.UnescapeDataString(address.Segments[^1])}{(query.Length == 0 ? "" : $"?{query}")}";
    }
}
