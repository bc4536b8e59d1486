using System.Net.Mime;
using Causality.Messaging.Outbox;
using Causality.Storage.Database.Records;
using MassTransit;
using MassTransit.Context;

namespace Causality.Messaging.Delivery;

/// <summary>Dresses an outgoing message with everything that its row holds.</summary>
internal sealed class VerbatimPipe(OutboxMessage row, StoredProperties stored, DateTimeOffset now) : IPipe<SendContext>
{
    public Task Send(SendContext context)
    {
        context.MessageId = row.MessageId;
        context.CorrelationId = stored.CorrelationId;
        context.ConversationId = stored.ConversationId;
        context.InitiatorId = stored.InitiatorId;
        context.RequestId = stored.RequestId;
        context.SourceAddress = stored.SourceAddress;
        context.ResponseAddress = stored.ResponseAddress;
        context.FaultAddress = stored.FaultAddress;
        context.SupportedMessageTypes = row.MessageTypes.Split(';');
        context.TimeToLive = stored.ExpiresAt - now;
        foreach (var (key, value) in stored.Headers)
            context.Headers.Set(key, value);
        if (stored.Transport.Count > 0 && context is TransportSendContext transport)
            transport.ReadPropertiesFrom(stored.Transport!);
        context.Serializer = new VerbatimSerializer(row);
        return Task.CompletedTask;
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("outbox");

    private sealed class VerbatimSerializer(OutboxMessage row) : IMessageSerializer
    {
        public ContentType ContentType { get; } = new(row.ContentType);

        public MessageBody GetMessageBody<T>(SendContext<T> context) where T : class => new BytesMessageBody(row.Body);
    }
}
