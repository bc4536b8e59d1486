using System.Net.Mime;
using System.Runtime.Serialization;
using System.Text.Unicode;
using MassTransit;
using MassTransit.Serialization;
using MassTransit.Transports;

namespace Causality.Messaging.Serialization;

/// <summary>Accepts plain JSON from programs that have never heard of MassTransit: the AMQP exchange tells the type, the AMQP message id the identity.</summary>
/// <remarks>
/// MassTransit alone offers such a message to every handler of an endpoint, so that a saga would take one body for each of its events.
/// A message without content type counts as plain JSON.
/// </remarks>
internal sealed class PlainJson : ISerializerFactory, IMessageDeserializer
{
    private readonly SystemTextJsonRawMessageSerializer _raw = new(RawSerializerOptions.AddTransportHeaders);

    /// <summary>For a message of which nothing tells the type, such as one put straight into a queue: right where the endpoint handles one type.</summary>
    private readonly SystemTextJsonRawMessageSerializer _any = new(RawSerializerOptions.AnyMessageType | RawSerializerOptions.AddTransportHeaders);

    public ContentType ContentType => SystemTextJsonRawMessageSerializer.JsonContentType;

    public ConsumeContext Deserialize(ReceiveContext receiveContext)
    {
        var headers = new JsonTransportHeaders(new PlainHeaders(receiveContext));
        return new BodyConsumeContext(receiveContext, Deserialize(receiveContext.Body, headers, receiveContext.InputAddress));
    }

    public SerializerContext Deserialize(MessageBody body, Headers headers, Uri? destinationAddress = null)
    {
        RequireObject(body.GetBytes());
        return (headers.TryGetHeader(MessageHeaders.MessageType, out _) ? _raw : _any).Deserialize(body, headers, destinationAddress);
    }

    public MessageBody GetMessageBody(string text) => _raw.GetMessageBody(text);

    public IMessageSerializer CreateSerializer() => _raw;

    public IMessageDeserializer CreateDeserializer() => this;

    public void Probe(ProbeContext context) => _raw.Probe(context);

    // MassTransit would read nothing as an object without members, replace bytes that are no text, and stumble over a null; a request without members is one for all peers.
    private static void RequireObject(ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty)
            throw new SerializationException("The message has no body; a plain message is a JSON object, {} at least.");
        if (!Utf8.IsValid(body))
            throw new SerializationException("The message's body is not UTF-8.");
        if (body.TrimStart(" \t\r\n"u8) is not [(byte)'{', ..])
            throw new SerializationException("The message's body is no JSON object; a plain message is one, {} at least.");
    }
}
