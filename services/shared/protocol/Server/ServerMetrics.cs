using System.Diagnostics.Metrics;
using Causality.Contracts.Http;
using Causality.Storage.Observing;
using Microsoft.AspNetCore.Http;

namespace Causality.Protocol.Server;

/// <summary>What the HTTP side counts, for the whole process. Labels are of closed sets: slugs of <see cref="ProblemTypes"/> and ids of known peers.</summary>
internal static class ServerMetrics
{
    private const string Nobody = "none";

    private static readonly Meter Meter = new("Causality.Protocol");

    private static readonly LabelledCount AuthFailures = new(Meter, "causality_auth_failures_total", "{request}",
        "Requests of callers who are not known, or may not do what they asked for, by reason.", "reason",
        [.. new[] { ProblemTypes.Unauthenticated, ProblemTypes.CertificateRejected, ProblemTypes.PermissionDenied, ProblemTypes.OutOfScope }.Select(Slug)]);

    public static readonly LabelledCount ConnectionsCut = new(Meter, "causality_connections_cut_total", "{connection}",
        "Connections that were cut: too many that have not shown who they are, or of a key that is let in no more.", "reason", ["too-many", "revoked"]);

    private static readonly Counter<long> RateLimited = Meter.CreateCounter<long>("causality_rate_limited_total", "{request}", "Requests that were asked to come again later, by peer and kind of limit.");

    private static readonly LabelledCount BadInput = new(Meter, "causality_bad_input_total", "{request}", "Requests refused for what they hold, by type of problem.", "type");

    private static readonly LabelledCount Failures = new(Meter, "causality_request_failures_total", "{request}", "Requests that could not be answered through no fault of the caller, by type of problem.", "type");

    public static readonly EventCount SegmentsSent = new(Meter, "causality_segments_sent_total", "{segment}", "Segments sent to peers.");

    public static readonly EventCount SegmentBytesSent = new(Meter, "causality_segments_sent_bytes_total", "By", "Content bytes of segments sent to peers.");

    /// <summary>Counts a request that was answered with a problem.</summary>
    /// <param name="status">Its HTTP status.</param>
    /// <param name="type">One of <see cref="ProblemTypes"/>.</param>
    /// <param name="peer">The peer who asked; null for anybody else.</param>
    public static void Refused(int status, string type, string? peer)
    {
        var slug = Slug(type);
        switch (status)
        {
            case StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden:
                AuthFailures.Add(slug, 1);
                break;
            case StatusCodes.Status429TooManyRequests or StatusCodes.Status507InsufficientStorage:
                RateLimited.Add(1, new("peer", peer ?? Nobody), new("kind", slug));
                break;
            case >= StatusCodes.Status500InternalServerError:
                Failures.Add(slug, 1);
                break;
            default:
                BadInput.Add(slug, 1);
                break;
        }
    }

    private static string Slug(string type) => type[(type.LastIndexOf(':') + 1)..];
}
