using System.Diagnostics.Metrics;

namespace Causality.Protocol.Server;

/// <summary>What the HTTP side counts.</summary>
internal static class ServerMetrics
{
    private static readonly Meter Meter = new("Causality.Protocol");

    public static readonly Counter<long> Refused = Meter.CreateCounter<long>("causality.requests.refused", "{request}", "Requests answered with a problem, by reason.");

    public static readonly Counter<long> AuthenticationFailures = Meter.CreateCounter<long>("causality_auth_failures_total", "{request}", "Requests refused because of who asked or what for (401 and 403), by reason.");

    public static readonly Counter<long> ConnectionsCut = Meter.CreateCounter<long>("causality_connections_cut_total", "{connection}", "Connections that were cut, by door and reason.");

    public static readonly Counter<long> SegmentsSent = Meter.CreateCounter<long>("causality.segments.sent", "{segment}", "Segments sent to peers.");

    public static readonly Counter<long> SegmentBytesSent = Meter.CreateCounter<long>("causality.segments.sent.bytes", "By", "Content bytes of segments sent to peers.");
}
