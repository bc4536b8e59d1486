using System.Text.Json;
using System.Text.Json.Serialization;

namespace Causality.Contracts;

/// <summary>The public entrance: somebody wants a sync. Publish it as a MassTransit envelope or as plain JSON.</summary>
/// <remarks>
/// Plain JSON: exchange <c>Causality.Contracts:SyncRequested</c>, content type <c>application/json</c>, for example <c>{"peerId":"operator-b"}</c>.
/// Answered by <see cref="SyncAccepted"/> or <see cref="SyncRejected"/>, then by exactly one of the events that end a sync.
/// </remarks>
public sealed record SyncRequested
{
    /// <summary>The sync to be; chosen by the requester so that asking twice is asking once. Made up when absent.</summary>
    public Guid? SyncId { get; init; }

    /// <summary>The peer to sync with; absent for every enabled peer.</summary>
    public string? PeerId { get; init; }

    /// <summary>Who asks, for the record: at most 128 characters.</summary>
    public string? RequestedBy { get; init; }

    /// <summary>Settings that differ from the peer's for this sync only.</summary>
    public SyncOverrides? Overrides { get; init; }

    /// <summary>Members that this version does not know; a snake_case spelling of a known one is understood, the rest is ignored.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; init; }
}
