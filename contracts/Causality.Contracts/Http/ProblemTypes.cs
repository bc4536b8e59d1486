namespace Causality.Contracts.Http;

/// <summary>
/// The values of <c>type</c> in problem answers (RFC 9457). Stable: never renamed, never reused. All that an operator can answer stand here; a test holds them against the code, the page
/// of the protocol and both OpenAPI documents.
/// </summary>
public static class ProblemTypes
{
    /// <summary>What every type begins with.</summary>
    public const string Prefix = "urn:causality:problem:";

    /// <summary>
    /// 401. Peers' door: no client certificate, or one whose key belongs to no enabled peer. Elsewhere: no token, or one that is unknown, expired or revoked. Which it is
    /// is not told.
    /// </summary>
    public const string Unauthenticated = Prefix + "unauthenticated";

    /// <summary>401: a known peer's key in a certificate that is expired, not valid yet, or not meant for clients.</summary>
    public const string CertificateRejected = Prefix + "certificate-rejected";

    /// <summary>403: a known peer without the permission that the route needs; <c>permission</c> names it.</summary>
    public const string PermissionDenied = Prefix + "permission-denied";

    /// <summary>403: a known peer names a segment to write that is not shared with it; <c>scope</c> says what is.</summary>
    public const string OutOfScope = Prefix + "out-of-scope";

    /// <summary>403: a peer at a route that is not for peers, or a token without the role that the route needs; <c>role</c> names it.</summary>
    public const string Forbidden = Prefix + "forbidden";

    /// <summary>403: a web page of another site sent the request; only pages of this address may.</summary>
    public const string CrossSiteRequest = Prefix + "cross-site-request";

    /// <summary>429: a peer has used up its requests or bytes for now, or somebody has tried too many wrong tokens; <c>Retry-After</c> says when to come again.</summary>
    public const string RateLimited = Prefix + "rate-limited";

    /// <summary>422: the content does not have the hash that its request names; <c>expected</c> and <c>found</c> say which.</summary>
    public const string ContentHashMismatch = Prefix + "content-hash-mismatch";

    /// <summary>422: the content is not a segment; <c>line</c> says where.</summary>
    public const string SegmentInvalid = Prefix + "segment-invalid";

    /// <summary>422: the union of the segment with what is here would be over the limits of a segment.</summary>
    public const string SegmentTooLarge = Prefix + "segment-too-large";

    /// <summary>429: more is going on at the same time than there is room for, in memory or in the bounds of this peer; <c>Retry-After</c> says when to come again.</summary>
    public const string Overloaded = Prefix + "overloaded";

    /// <summary>507: the pushes of a peer have added as much as they may; <c>quota_bytes</c> says how much that is.</summary>
    public const string PeerQuotaExceeded = Prefix + "peer-quota-exceeded";

    /// <summary>404: no such route on this listener.</summary>
    public const string NotFound = Prefix + "not-found";

    /// <summary>404: no segment of that id.</summary>
    public const string SegmentNotFound = Prefix + "segment-not-found";

    /// <summary>404: no entry of that id.</summary>
    public const string EntryNotFound = Prefix + "entry-not-found";

    /// <summary>405: the route has no such method; <c>Allow</c> names those it has.</summary>
    public const string MethodNotAllowed = Prefix + "method-not-allowed";

    /// <summary>400: a segment id outside the allow-list; <c>field</c> says which.</summary>
    public const string InvalidSegmentId = Prefix + "invalid-segment-id";

    /// <summary>400: a hash that is not 64 hex digits; <c>field</c> says which.</summary>
    public const string InvalidHash = Prefix + "invalid-hash";

    /// <summary>400: a number or a parameter outside its bounds, or given twice; <c>field</c> says which.</summary>
    public const string FieldOutOfRange = Prefix + "field-out-of-range";

    /// <summary>400: not JSON, a member twice, a member unknown, missing or of the wrong kind.</summary>
    public const string MalformedJson = Prefix + "malformed-json";

    /// <summary>400: a binary body that breaks its format; the detail names the field and the byte.</summary>
    public const string MalformedMessage = Prefix + "malformed-message";

    /// <summary>400: JSON nested more than 32 deep.</summary>
    public const string JsonTooDeep = Prefix + "json-too-deep";

    /// <summary>422: a peer's address that is not https, or at which no peer may be; the detail names the setting that would allow it.</summary>
    public const string PeerAddressNotAllowed = Prefix + "peer-address-not-allowed";

    /// <summary>400: a peer that cannot be added as it was given; <c>field</c> says why.</summary>
    public const string InvalidPeer = Prefix + "invalid-peer";

    /// <summary>404: no peer of that name.</summary>
    public const string UnknownPeer = Prefix + "unknown-peer";

    /// <summary>404: no sync of that id.</summary>
    public const string UnknownSync = Prefix + "unknown-sync";

    /// <summary>404: no plan of that id; plans are forgotten after an hour.</summary>
    public const string UnknownPlan = Prefix + "unknown-plan";

    /// <summary>404: no token of that name.</summary>
    public const string UnknownToken = Prefix + "unknown-token";

    /// <summary>409: a valid token has that name; <c>field</c> is <c>name</c>.</summary>
    public const string TokenExists = Prefix + "token-exists";

    /// <summary>409: as many tokens are kept as may be; revoke some.</summary>
    public const string TooManyTokens = Prefix + "too-many-tokens";

    /// <summary>404: the ledger has no conflict about that subject.</summary>
    public const string ConflictNotFound = Prefix + "conflict-not-found";

    /// <summary>409: a conflict has changed since its <c>expected_versions</c> were read, so nothing was decided; <c>subjects</c> says which.</summary>
    public const string ConflictChanged = Prefix + "conflict-changed";

    /// <summary>400: a sync was asked for with settings or names that no sync can have; the detail names the field.</summary>
    public const string InvalidRequest = Prefix + "invalid-request";

    /// <summary>409: the peer is switched off, so no sync with it begins.</summary>
    public const string PeerDisabled = Prefix + "peer-disabled";

    /// <summary>409: a sync with that id has been asked for before.</summary>
    public const string AlreadyRequested = Prefix + "already-requested";

    /// <summary>409: a sync with the peer runs and another one waits already; <c>covered_by</c> names the one that does what was asked.</summary>
    public const string Coalesced = Prefix + "coalesced";

    /// <summary>429: as many plans are kept as may be; <c>Retry-After</c> says when to come again.</summary>
    public const string PeerOverloaded = Prefix + "peer-overloaded";

    /// <summary>400, or 413 for lines of entries: a list longer than its bound; <c>field</c> or <c>line</c> says which.</summary>
    public const string TooManyItems = Prefix + "too-many-items";

    /// <summary>400: a line that is no entry; <c>line</c> and <c>field</c> say where.</summary>
    public const string InvalidEntry = Prefix + "invalid-entry";

    /// <summary>409: an entry id that the log holds with other content; <c>line</c>, <c>id</c>, <c>existing_hash</c> and <c>offered_hash</c> say which.</summary>
    public const string DuplicateEntry = Prefix + "duplicate-entry";

    /// <summary>400: the request as HTTP is wrong.</summary>
    public const string BadRequest = Prefix + "bad-request";

    /// <summary>400: the Host header names a host that the application listener does not answer for.</summary>
    public const string HostNotAllowed = Prefix + "host-not-allowed";

    /// <summary>408: the request did not arrive in time.</summary>
    public const string RequestTimeout = Prefix + "request-timeout";

    /// <summary>413: the body is over its limit.</summary>
    public const string PayloadTooLarge = Prefix + "payload-too-large";

    /// <summary>415: another content type, character set or content encoding than the route takes.</summary>
    public const string UnsupportedMediaType = Prefix + "unsupported-media-type";

    /// <summary>503: database or file store do not work now; <c>Retry-After</c> says when to come again.</summary>
    public const string StorageUnavailable = Prefix + "storage-unavailable";

    /// <summary>500: a fault of the server; the log has more under the trace id.</summary>
    public const string InternalError = Prefix + "internal-error";
}
