using System.Text.Json;
using Causality.Contracts;
using Causality.Core;
using Causality.Scheduler.StateMachines;
using Causality.Storage.Database.Records;

namespace Causality.Scheduler.Syncs;

/// <summary>The JSON columns of the scheduler's rows, with the names that messages use.</summary>
internal static class SyncJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web);

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    public static T Read<T>(string json) where T : class =>
        JsonSerializer.Deserialize<T>(json, Options) ?? throw new InvalidOperationException($"A {typeof(T).Name} column of the scheduler holds 'null'; the row was written by something else.");

    public static PeerEndpoint PeerOf(this SyncState sync) => Read<PeerEndpoint>(sync.Peer);

    public static SyncSettings SettingsOf(this SyncState sync) => Read<SyncSettings>(sync.Settings);

    public static SyncOverrides? OverridesOf(this PeerRecord peer) => peer.Overrides is null ? null : Read<SyncOverrides>(peer.Overrides);

    public static PeerEndpoint EndpointOf(this PeerRecord peer) => new() { Id = peer.Id, Address = peer.Address, Pins = peer.Pins.Split(','), Scope = SegmentScope.Parse(peer.Scope).Prefixes };
}
