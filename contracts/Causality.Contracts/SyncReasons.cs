namespace Causality.Contracts;

/// <summary>The closed set of reason codes that a sync, a request or a segment can carry.</summary>
public static class SyncReasons
{
    /// <summary>No peer of that name is known.</summary>
    public const string UnknownPeer = "unknown-peer";

    /// <summary>The peer is known and switched off.</summary>
    public const string PeerDisabled = "peer-disabled";

    /// <summary>The request itself is wrong; the detail names the field.</summary>
    public const string InvalidRequest = "invalid-request";

    /// <summary>A sync with this id has been asked for before.</summary>
    public const string AlreadyRequested = "already-requested";

    /// <summary>A sync with the peer is running and another one is already waiting; the detail names the one that will cover this request.</summary>
    public const string Coalesced = "coalesced";

    /// <summary>The peer did not answer, or not in time.</summary>
    public const string PeerUnavailable = "peer-unavailable";

    /// <summary>The peer showed another key than the one pinned.</summary>
    public const string PinMismatch = "pin-mismatch";

    /// <summary>The peer's address is not https, or one at which no peer may be; the detail names the setting that would allow it.</summary>
    public const string PeerAddressNotAllowed = "peer-address-not-allowed";

    /// <summary>The peer does not know us, or does not allow this.</summary>
    public const string PeerRefused = "peer-refused";

    /// <summary>The peer is over its limits and asks us to wait.</summary>
    public const string PeerOverloaded = "peer-overloaded";

    /// <summary>The peer takes no more from us: what we have sent has used up our quota there.</summary>
    public const string PeerQuotaExceeded = "peer-quota-exceeded";

    /// <summary>The peer broke the protocol.</summary>
    public const string ProtocolViolation = "protocol-violation";

    /// <summary>The peer's bytes are not the ones its metadata promised.</summary>
    public const string ContentHashMismatch = "content-hash-mismatch";

    /// <summary>The peer's bytes are not a segment.</summary>
    public const string SegmentInvalid = "segment-invalid";

    /// <summary>The segment is over our limits.</summary>
    public const string SegmentTooLarge = "segment-too-large";

    /// <summary>The plan is over the bound on what one sync may bring in; allow it by a request with a greater one.</summary>
    public const string ImportLimit = "import-limit";

    /// <summary>The segment is older than <c>max_segment_age</c>, so this sync leaves it out.</summary>
    public const string SegmentTooOld = "segment-too-old";

    /// <summary>One side offers it and the other side's scope leaves it out: it is not shared between the two.</summary>
    public const string OutsideScope = "outside-scope";

    /// <summary>Waits for its turn: a sync that runs, or the next one, moves it.</summary>
    public const string Pending = "pending";

    /// <summary>New or changed since the logs were last compared by a sync; the next one moves it.</summary>
    public const string ChangedSince = "changed-since";

    /// <summary>It would have to move the other way than the mode of the syncs allows.</summary>
    public const string OtherDirection = "other-direction";

    /// <summary>Our own file store or database failed.</summary>
    public const string StorageFailed = "storage-failed";

    /// <summary>No progress within <c>sync_timeout</c>.</summary>
    public const string Timeout = "timeout";

    /// <summary>The whole sync took longer than <c>max_sync_duration</c>.</summary>
    public const string MaxDuration = "max-duration";

    /// <summary>Somebody cancelled the sync.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>A fault that has no reason of its own; the detail and the log say more.</summary>
    public const string InternalError = "internal-error";
}
