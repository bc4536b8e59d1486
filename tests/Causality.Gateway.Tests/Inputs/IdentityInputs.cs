using System.Text;
using Causality.Contracts.Http;

namespace Causality.Gateway.Tests.Inputs;

/// <summary>Rows S1 to S13 and S55: who asks, and where.</summary>
internal static class IdentityInputs
{
    private static readonly (string Method, string Target)[] Routes =
    [
        ("GET", SyncRoutes.Info), ("GET", SyncRoutes.Segments), ("POST", SyncRoutes.SegmentMetadata), ("GET", SyncRoutes.SegmentOf("known")), ("PUT", SyncRoutes.SegmentOf("known")),
        ("POST", SyncRoutes.EntriesOf("known")), ("POST", SyncRoutes.FetchSegments), ("POST", SyncRoutes.Reconcile), ("POST", SyncRoutes.ReconciliationOf("known")), ("POST", SyncRoutes.ReconcileSymbols),
        ("POST", SyncRoutes.ReconcileSegments), ("POST", SyncRoutes.ReconcileEntrySymbols), ("POST", SyncRoutes.ReconcileEntries), ("POST", SyncRoutes.Diff), ("POST", SyncRoutes.ResolveConflicts),
    ];

    public static IEnumerable<InputCase> All()
    {
        foreach (var (method, target) in Routes)
        {
            yield return new("S1", $"nobody: {method} {target}", doors => doors.PeerAsync(method, target, who: null), 401, "unauthenticated");
            yield return new("S2", $"a stranger: {method} {target}", doors => doors.PeerAsync(method, target, who: "stranger"), 401, "unauthenticated");
        }

        yield return new("S3", "expired", doors => doors.PeerAsync("GET", SyncRoutes.Info, who: "expired"), 401, "certificate-rejected");
        yield return new("S3", "not valid yet", doors => doors.PeerAsync("GET", SyncRoutes.Info, who: "early"), 401, "certificate-rejected");
        yield return new("S3", "not for clients", doors => doors.PeerAsync("GET", SyncRoutes.Info, who: "server-only"), 401, "certificate-rejected");
        yield return new("S3", "switched off", doors => doors.PeerAsync("GET", SyncRoutes.Info, who: "off"), 401, "unauthenticated");
        foreach (var (method, target) in new[] { ("GET", "/v1/entries"), ("POST", "/v1/entries"), ("POST", "/v1/log/publish"), ("GET", "/v1/identity"), ("POST", "/v1/syncs"), ("GET", "/v1/peers") })
            yield return new("S5", $"{method} {target}", doors => doors.PeerAsync(method, target), 403, "forbidden");
        yield return new("S5", "a reader pushes", doors => doors.PushAsync("new", InputDoors.Segment("new", 1).Content.ToArray(), who: "reader"), 403, "permission-denied");
        yield return new("S5", "a scoped peer pushes outside", doors => doors.PushAsync("new", InputDoors.Segment("new", 1).Content.ToArray(), who: "scoped"), 403, "out-of-scope");
        yield return new("S5", "a scoped peer reads outside", doors => doors.PeerAsync("GET", SyncRoutes.SegmentOf("known"), who: "scoped"), 404, "segment-not-found");
        foreach (var header in new[] { "X-Peer-Id", "X-Forwarded-Client-Cert", "X-ARR-ClientCert", "X-Client-Cert", "X-SSL-Client-Cert", "Ssl-Client-Cert", "Forwarded", "X-Forwarded-For", "Authorization" })
            yield return new("S6", header, doors => doors.PeerAsync("GET", SyncRoutes.Info, null, null, (header, "peer")), 401, "unauthenticated");

        yield return new("S13", "plain HTTP", doors => doors.PlainAsync(Encoding.ASCII.GetBytes($"GET {SyncRoutes.Info} HTTP/1.1\r\nHost: localhost\r\n\r\n")), 0, null);
        yield return new("S13", "noise", doors => doors.PlainAsync([0, 255, 1, 254, 2, 253, 13, 10, 13, 10]), 0, null);
        yield return new("S13", "a hello of TLS 1.0", doors => doors.PlainAsync(Convert.FromHexString(
            "160301002d010000290301" + new string('0', 64) + "000002" + "002f" + "0100")), 0, null);
        yield return new("S13", "a hello of TLS 1.1", doors => doors.PlainAsync(Convert.FromHexString(
            "160301002d010000290302" + new string('0', 64) + "000002" + "002f" + "0100")), 0, null);
        foreach (var target in new[] { "/metrics", "/health", "/health/live", "/health/ready", "/admin", "/alive", "/swagger", "/.well-known/security.txt", "/", "/sync", "/sync/v2/info" })
            yield return new("S55", target, doors => doors.PeerAsync("GET", target), 404, "not-found");
    }
}
