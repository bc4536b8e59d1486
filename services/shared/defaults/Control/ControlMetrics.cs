using System.Diagnostics.Metrics;
using Causality.Storage.Observing;

namespace Causality.ServiceDefaults.Control;

/// <summary>What the doors for people and applications count beside <c>causality_auth_failures_total</c>, which says what was answered and not why.</summary>
internal static class ControlMetrics
{
    private static readonly Meter Meter = new("Causality.Control");

    private static readonly LabelledCount Failures = new(
        Meter, "causality_control_auth_failures_total", "{request}", "Requests of people and applications refused for want of a token, a role or an origin, by the reason that they are not told.", "reason",
        [
            FailureReasons.Missing, FailureReasons.Malformed, FailureReasons.Unknown, FailureReasons.Expired, FailureReasons.Revoked, FailureReasons.Session, FailureReasons.Role,
            FailureReasons.CrossSite, FailureReasons.Limited,
        ]);

    /// <summary>Counts a refusal.</summary>
    /// <param name="reason">One of <see cref="FailureReasons"/>.</param>
    public static void Refused(string reason) => Failures.Add(reason, 1);
}
