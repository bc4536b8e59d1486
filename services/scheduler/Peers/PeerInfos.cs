using Causality.Contracts;
using Causality.Contracts.Http.Control;
using Causality.Scheduler.Syncs;
using Causality.Storage.Database.Records;

namespace Causality.Scheduler.Peers;

/// <summary>Shows a peer's row in the seed's fields.</summary>
internal static class PeerInfos
{
    public static PeerInfo ToInfo(PeerRecord peer) => new()
    {
        PeerId = peer.Id,
        Address = peer.Address,
        Pins = peer.Pins.Split(','),
        Enabled = peer.Enabled,
        Permissions = peer.Permissions.Split(',', StringSplitOptions.RemoveEmptyEntries),
        Scope = peer.Scope?.Split(','),
        LastSync = Moment(peer.LastSyncAt),
        Status = Enum.TryParse<SyncStatus>(peer.LastStatus, out var status) ? status : null,
        Reason = peer.LastReason,
        SuccessfulSyncs = peer.SuccessfulSyncs,
        FailedSyncs = peer.FailedSyncs,
        NextSync = peer.Enabled ? Moment(peer.NextSyncAt) : null,
        Overrides = peer.OverridesOf(),
    };

    private static DateTimeOffset? Moment(long? milliseconds) => milliseconds is { } value ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null;
}
