using System.Runtime.Serialization;
using System.Text.Json;
using Causality.Contracts;
using Causality.Messaging.Serialization;
using MassTransit;
using MassTransit.Serialization;
using MassTransit.Transports;

namespace Causality.Fuzzing.Targets;

/// <summary>Messages of programs outside, as the bus reads them before a consumer sees anything.</summary>
internal static class BusTargets
{
    private const string Urn = "urn:message:Causality.Contracts:";

    // As the bus is set up: BusRules.
    private static readonly SystemTextJsonMessageSerializer Envelope = MakeEnvelope();
    private static readonly PlainJson Plain = new();

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("bus-envelope", Samples.Bytes(EnvelopeOf("SyncRequested", """{"syncId":"0b0e3f0e-6a5c-4f0e-9d0c-2f6f6b1c7a11","peerId":"operator-b","overrides":{"batchSize":10},"more":[1]}"""), EnvelopeOf("CancelSync", """{"syncId":"0b0e3f0e-6a5c-4f0e-9d0c-2f6f6b1c7a11","reason":"x"}"""), """{"message":{},"messageType":[]}"""), [.. Samples.JsonWords, .. Words],
            input => Read(() => Envelope.Deserialize(new BytesMessageBody(input), NoHeaders, null), input)),
        new("bus-plain", Samples.Bytes("""{"syncId":"0b0e3f0e-6a5c-4f0e-9d0c-2f6f6b1c7a11","peerId":"operator-b","requestedBy":"billing","overrides":{"mode":"Push"}}""", """{"sync_id":"0b0e3f0e-6a5c-4f0e-9d0c-2f6f6b1c7a11"}""", "{}"), [.. Samples.JsonWords, .. Words],
            input => Read(() => Plain.Deserialize(new BytesMessageBody(input), Headers("SyncRequested")), input)),
    ];

    private static byte[][] Words => Samples.Bytes($"\"{Urn}SyncRequested\"", $"\"{Urn}CancelSync\"", "\"urn:message:System:Object\"", "\"messageType\":", "\"message\":", "\"headers\":{\"$type\":\"x\"}", "\"expirationTime\":\"x\"", "\"host\":{\"processId\":-1}", "\"messageId\":\"x\"", "\"sourceAddress\":\"file:///etc/passwd\"", "\"responseAddress\":\"x\"");

    private static JsonTransportHeaders NoHeaders => new(new DictionaryHeaderProvider(new Dictionary<string, object>()));

    private static bool Read(Func<SerializerContext> deserialize, byte[] input)
    {
        try
        {
            var context = deserialize();
            var (asRequest, asCancel) = (context.TryGetMessage<SyncRequested>(out var request), context.TryGetMessage<CancelSync>(out var cancel));
            Check(context, asRequest, request, nameof(SyncRequested), input);
            Check(context, asCancel, cancel, nameof(CancelSync), input);
            return asRequest || asCancel;
        }
        catch (Exception exception) when (exception is SerializationException or JsonException)
        {
            return false;
        }
    }

    /// <summary>Only the types that the message is declared to have are read out of it, and nothing in it makes another one.</summary>
    private static void Check(SerializerContext context, bool isRead, object? message, string type, byte[] input)
    {
        if (!isRead)
            return;
        if (!context.SupportedMessageTypes.Contains(Urn + type, StringComparer.OrdinalIgnoreCase)) // URNs of one meaning may differ in case.
            throw new FuzzFaultException($"A {type} was read out of a message that is declared to be {string.Join(", ", context.SupportedMessageTypes)} ({input.Length} bytes).");
        if (message!.GetType().Assembly != typeof(SyncRequested).Assembly)
            throw new FuzzFaultException($"A {type} was asked for; {message.GetType()} came.");
    }

    private static string EnvelopeOf(string type, string message) =>
        $$"""{"messageId":"00000000-0000-0000-0000-000000000001","conversationId":"00000000-0000-0000-0000-000000000002","sourceAddress":"rabbitmq://host/x","destinationAddress":"rabbitmq://host/y","messageType":["{{Urn}}{{type}}"],"message":{{message}},"sentTime":"2026-01-01T00:00:00Z","headers":{"a":"b"},"host":{"machineName":"m","processId":1} }""";

    private static JsonTransportHeaders Headers(string type) => new(new DictionaryHeaderProvider(new Dictionary<string, object> { [MessageHeaders.MessageType] = Urn + type }));

    private static SystemTextJsonMessageSerializer MakeEnvelope()
    {
        SystemTextJsonMessageSerializer.Options = UnknownMembers.AddTo(SystemTextJsonMessageSerializer.Options);
        return new SystemTextJsonMessageSerializer();
    }
}
