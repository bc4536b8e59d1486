using System.Text.Json;
using Causality.Contracts;
using Causality.Core;

namespace Causality.Scheduler.Syncs;

/// <summary>Reads a request that anybody may have written: understands snake_case spellings, finds what is wrong with it.</summary>
internal static class SyncRequestReader
{
    private const int MaxRequestedByLength = 128;

    // HTTP speaks snake_case and the bus camelCase. Somebody will mix them up, and a peer_id read as "no peer named" would sync with everybody.
    private static readonly JsonSerializerOptions SnakeCase = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>The request with its snake_case members taken in.</summary>
    /// <exception cref="JsonException">Such a member is not of its type.</exception>
    public static SyncRequested Normalize(SyncRequested request)
    {
        if (request.Unknown is not { Count: > 0 } unknown)
            return request;

        return request with
        {
            SyncId = request.SyncId ?? Take<Guid?>(unknown, "sync_id"),
            PeerId = request.PeerId ?? Take<string>(unknown, "peer_id"),
            RequestedBy = request.RequestedBy ?? Take<string>(unknown, "requested_by"),
            Unknown = null,
        };
    }

    /// <summary>What is wrong with the request, in one sentence, or null.</summary>
    public static string? FindFault(SyncRequested request)
    {
        if (request.PeerId is not null && !OperatorId.IsValid(request.PeerId))
            return $"peerId '{Printable.Shorten(request.PeerId)}' is not an operator id: use 1 to {OperatorId.MaxLength} lower-case letters, digits and '-'.";
        if (request.SyncId == Guid.Empty)
            return "syncId is the empty GUID; leave it out or choose one.";
        return SyncSettingsMerge.FindFault(request.Overrides);
    }

    /// <summary>Who asked, bounded and printable.</summary>
    public static string? RequestedBy(SyncRequested request) => request.RequestedBy is null ? null : Printable.Shorten(request.RequestedBy, MaxRequestedByLength);

    private static T? Take<T>(IDictionary<string, JsonElement> unknown, string name) =>
        unknown.TryGetValue(name, out var value) ? value.Deserialize<T>(SnakeCase) : default;
}
