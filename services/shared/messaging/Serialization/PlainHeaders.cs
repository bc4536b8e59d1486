using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using MassTransit;
using MassTransit.Transports;

namespace Causality.Messaging.Serialization;

/// <summary>The headers of a plain message, with the two that MassTransit needs made up where the sender did not know them.</summary>
internal sealed class PlainHeaders(ReceiveContext context) : IHeaderProvider
{
    public IEnumerable<KeyValuePair<string, object>> GetAll()
    {
        foreach (var (key, value) in context.TransportHeaders.GetAll())
        {
            if (key is not (MessageHeaders.MessageType or MessageHeaders.MessageId))
                yield return new(key, value);
        }

        if (TryGetHeader(MessageHeaders.MessageType, out var type))
            yield return new(MessageHeaders.MessageType, type);
        if (TryGetHeader(MessageHeaders.MessageId, out var id))
            yield return new(MessageHeaders.MessageId, id);
    }

    public bool TryGetHeader(string key, [NotNullWhen(true)] out object? value)
    {
        var known = context.TransportHeaders.TryGetHeader(key, out value);
        if (key == MessageHeaders.MessageType && !known)
            value = TypeOfExchange(context);
        else if (key == MessageHeaders.MessageId)
            value = Identity(known ? value?.ToString() : (context as RabbitMqBasicConsumeContext)?.Properties.MessageId);
        return value is not null;
    }

    /// <summary>An exchange is named <c>Namespace:Type</c>; any other name, such as a queue's, tells no type.</summary>
    internal static string? TypeOfExchange(ReceiveContext context) =>
        context.TryGetPayload<RabbitMqBasicConsumeContext>(out var received) && received is { Exchange: { } exchange } && exchange.Contains(':', StringComparison.Ordinal) ? $"urn:message:{exchange}" : null;

    /// <summary>Any text may identify a message; one that is no GUID gives a GUID that is always the same.</summary>
    private static string? Identity(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        return Guid.TryParse(text, out var id) ? id.ToString() : new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16)).ToString();
    }
}
