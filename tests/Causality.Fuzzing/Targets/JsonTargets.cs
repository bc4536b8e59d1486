using System.Text.Json;
using Causality.Contracts;
using Causality.Contracts.Http;
using Causality.Core;
using Causality.Protocol.Wire;
using Causality.Scheduler.Peers;
using Causality.Scheduler.Syncs;
using Causality.Contracts.Http.Control;

namespace Causality.Fuzzing.Targets;

/// <summary>JSON that strangers write: messages, metadata lists, problems, peers to add.</summary>
internal static class JsonTargets
{
    private static readonly JsonSerializerOptions Bus = new(JsonSerializerDefaults.Web);

    private static readonly Type[] Messages =
        [.. typeof(SyncRequested).Assembly.GetExportedTypes().Where(type => type is { IsClass: true, IsAbstract: false } && type.Namespace == typeof(SyncRequested).Namespace && type.GetMethod("<Clone>$") is not null).OrderBy(type => type.Name, StringComparer.Ordinal)];

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("problem-json", Samples.Bytes("""{"type":"urn:causality:problem:overloaded","title":"Too Many Requests","status":429,"detail":"Wait.","trace_id":"0"}""", """{"type":"\ud800"}""", """{"type":{"a":[1]}}"""), Samples.JsonWords, input => ProblemBody.TypeOf(input) is not null),
        new("sync-requested", Samples.Bytes("""{"syncId":"0b0e3f0e-6a5c-4f0e-9d0c-2f6f6b1c7a11","peerId":"operator-b","requestedBy":"billing","overrides":{"batchSize":10,"mode":"Push"}}""", """{"sync_id":"0b0e3f0e-6a5c-4f0e-9d0c-2f6f6b1c7a11","peer_id":"b","requested_by":"x"}"""), Samples.JsonWords, SyncRequest),
        new("messages", [.. Messages.Select(type => Samples.Bytes($"{{\"syncId\":\"0b0e3f0e-6a5c-4f0e-9d0c-2f6f6b1c7a11\",\"attempt\":1,\"peerId\":\"b\",\"n\":\"{type.Name}\"}}")[0])], Samples.JsonWords, Message),
        new("metadata-list", [JsonSerializer.SerializeToUtf8Bytes(Samples.Metadata.Select(WireSegments.Describe).ToList(), ProtocolJson.Answers)], Samples.JsonWords, MetadataList),
        new("peer-request", Samples.Bytes("""{"id":"operator-b","address":"https://b.example:7443","pins":["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"],"permissions":["read"],"scope":["x"],"overrides":{"batch_size":5}}"""), Samples.JsonWords, PeerToAdd),
    ];

    private static bool SyncRequest(byte[] input)
    {
        SyncRequested request;
        try
        {
            if (JsonSerializer.Deserialize<SyncRequested>(input, Bus) is not { } read)
                return false;
            request = SyncRequestReader.Normalize(read);
        }
        catch (JsonException)
        {
            return false;
        }

        if (SyncRequestReader.FindFault(request) is not null)
            return false;
        if (request.PeerId is not null && !OperatorId.IsValid(request.PeerId))
            throw new FuzzFaultException("A peer id passed that is none.");
        return SyncRequestReader.RequestedBy(request) is null or { Length: <= 160 } ? true : throw new FuzzFaultException("requestedBy is not bounded.");
    }

    private static bool Message(byte[] input)
    {
        var accepted = false;
        foreach (var type in Messages)
        {
            try
            {
                // Nothing in the text may choose the type.
                if (JsonSerializer.Deserialize(input, type, Bus) is { } message)
                    accepted = message.GetType() == type ? true : throw new FuzzFaultException($"A {type.Name} was asked for; {message.GetType()} came.");
            }
            catch (JsonException)
            {
                // The documented answer.
            }
        }

        return accepted;
    }

    private static bool MetadataList(byte[] input)
    {
        try
        {
            var read = WireSegments.ReadAscending(JsonSerializer.Deserialize<List<SegmentDescription>>(input, ProtocolJson.Answers) ?? [], null, "segments");
            return read.Zip(read.Skip(1)).All(pair => string.CompareOrdinal(pair.First.Id.Value, pair.Second.Id.Value) < 0) ? true : throw new FuzzFaultException("A list passed that does not ascend.");
        }
        catch (Exception exception) when (exception is JsonException or ProtocolViolationException)
        {
            return false;
        }
    }

    private static bool PeerToAdd(byte[] input)
    {
        try
        {
            var peer = PeerValidation.Normalize(JsonSerializer.Deserialize<PeerRequest>(input, ProtocolJson.Requests) ?? new PeerRequest(), "operator-a");
            return Protocol.Client.PeerAddress.TryParse(peer.Address, out _) ? true : throw new FuzzFaultException("A peer's address passed that no client takes.");
        }
        catch (Exception exception) when (exception is JsonException or InvalidPeerException)
        {
            return false;
        }
    }
}
