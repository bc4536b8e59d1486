using Causality.Contracts;

namespace Causality.Scheduler.Plans;

/// <summary>What a person can do about each reason.</summary>
internal static class SuggestedActions
{
    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        [SyncReasons.Pending] = "Nothing: wait for the sync that is running or due.",
        [SyncReasons.ChangedSince] = "Nothing: the next sync moves it. To have it now: 'causality sync PEER --wait'.",
        [SyncReasons.OtherDirection] = "Nothing, if the other side pulls by itself. Otherwise sync with mode Both (or Push or Pull), which needs the permission to write there.",
        [SyncReasons.SegmentTooOld] = "To take it nevertheless, sync once with overrides.maxSegmentAgeMs of 0, or raise Sync:MaxSegmentAge.",
        [SyncReasons.OutsideScope] = "If it is to be shared, widen the narrower scope: here by 'causality peers add PEER --scope', or at the peer by its operator.",
        [SyncReasons.SegmentTooLarge] = "It is over the protocol's limits; have its operator write smaller segments.",
        [SyncReasons.ImportLimit] = "If so much is expected, sync once with overrides.maxImportBytes of at least that, or raise Sync:MaxImportBytes.",
        [SyncReasons.PeerDisabled] = "Resume the peer.",
        [SyncReasons.PeerUnavailable] = "Check that the peer's gateway runs and that its address can be reached from here; syncs try again by themselves.",
        [SyncReasons.PeerOverloaded] = "Nothing: the peer asks us to wait, and syncs do.",
        [SyncReasons.PeerRefused] = "Ask the peer's operator to add this operator's id and pin, with the permission that is missing.",
        [SyncReasons.PinMismatch] = "Ask the peer's operator for the present pin; if it is unchanged, something else answers at that address.",
        [SyncReasons.ProtocolViolation] = "The peer's software is at fault; its operator should see the detail.",
        [SyncReasons.ContentHashMismatch] = "The peer's copy is damaged or altered: its operator should verify it. Nothing of it was stored.",
        [SyncReasons.SegmentInvalid] = "The peer's copy is not a segment: its operator should verify it. Nothing of it was stored.",
        [SyncReasons.StorageFailed] = "Check this operator's disk and database.",
        [SyncReasons.Timeout] = "Check that all services run; raise sync_timeout if the peer is slow.",
        [SyncReasons.MaxDuration] = "Sync again, or raise max_sync_duration: what was stored stays.",
        [SyncReasons.Cancelled] = "Sync again: somebody has cancelled the last one.",
        [SyncReasons.InternalError] = "See the log of the service that the detail names.",
    };

    /// <summary>Null for no reason, and for one that needs nobody.</summary>
    public static string? For(string? reason) => reason is null ? null : Known.GetValueOrDefault(reason);
}
