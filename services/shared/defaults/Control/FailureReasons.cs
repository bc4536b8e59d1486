namespace Causality.ServiceDefaults.Control;

/// <summary>Values of <c>reason</c> in <c>causality_control_auth_failures_total</c> and in the log.</summary>
internal static class FailureReasons
{
    public const string Missing = "missing";
    public const string Malformed = "malformed";
    public const string Unknown = "unknown-token";
    public const string Expired = "expired-token";
    public const string Revoked = "revoked-token";
    public const string Session = "session-ended";
    public const string Role = "role-missing";
    public const string CrossSite = "cross-site";
    public const string Limited = "rate-limited";
}
