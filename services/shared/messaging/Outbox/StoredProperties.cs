using System.Text.Json;
using System.Text.Json.Serialization;
using Causality.Storage.Database.Records;
using MassTransit;
using MassTransit.Context;

namespace Causality.Messaging.Outbox;

/// <summary>What a message carries beside its body: the JSON in <see cref="OutboxMessage.Properties"/>.</summary>
internal sealed class StoredProperties
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public Guid? CorrelationId { get; init; }

    public Guid? ConversationId { get; init; }

    public Guid? InitiatorId { get; init; }

    public Guid? RequestId { get; init; }

    public Uri? SourceAddress { get; init; }

    public Uri? ResponseAddress { get; init; }

    public Uri? FaultAddress { get; init; }

    public DateTime? SentTime { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public Dictionary<string, object?> Headers { get; init; } = [];

    /// <summary>What the transport adds, such as a routing key.</summary>
    public Dictionary<string, object?> Transport { get; init; } = [];

    internal static StoredProperties Of(SendContext context, DateTimeOffset now)
    {
        var transport = new Dictionary<string, object>(StringComparer.OrdinalIgnoreCase);
        (context as TransportSendContext)?.WritePropertiesTo(transport);
        return new StoredProperties
        {
            CorrelationId = context.CorrelationId,
            ConversationId = context.ConversationId,
            InitiatorId = context.InitiatorId,
            RequestId = context.RequestId,
            SourceAddress = context.SourceAddress,
            ResponseAddress = context.ResponseAddress,
            FaultAddress = context.FaultAddress,
            SentTime = context.SentTime,
            ExpiresAt = now + context.TimeToLive,
            Headers = context.Headers.GetAll().ToDictionary(header => header.Key, header => (object?)header.Value),
            Transport = transport.ToDictionary(property => property.Key, property => (object?)property.Value),
        };
    }

    internal static StoredProperties Read(string json)
    {
        var stored = JsonSerializer.Deserialize<StoredProperties>(json, Json)!;
        Simplify(stored.Headers);
        Simplify(stored.Transport);
        return stored;
    }

    internal string Write() => JsonSerializer.Serialize(this, Json);

    /// <summary>Transports know strings, numbers and truth values; anything else travels in the envelope's body.</summary>
    private static void Simplify(Dictionary<string, object?> values)
    {
        foreach (var (key, value) in values.ToList())
        {
            values[key] = value is not JsonElement element ? value : element.ValueKind switch
            {
                JsonValueKind.String => element.GetString(),
                JsonValueKind.Number when element.TryGetInt64(out var whole) => whole,
                JsonValueKind.Number => element.GetDouble(),
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                JsonValueKind.Null => null,
                _ => element.GetRawText(),
            };
        }
    }
}
