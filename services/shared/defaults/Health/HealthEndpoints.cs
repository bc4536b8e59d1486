using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Causality.ServiceDefaults.Health;

/// <summary>The two questions that an orchestrator asks: "is the process alive?" and "may it get work?".</summary>
public static class HealthEndpoints
{
    /// <summary>Tag of the checks that <c>/health/ready</c> runs.</summary>
    public const string Ready = "ready";

    /// <summary>Whether the process is alive: depends on nothing, since restarting a process mends no broker.</summary>
    public const string LivePath = "/health/live";

    /// <summary>Whether it may get work.</summary>
    public const string ReadyPath = "/health/ready";

    /// <summary>Maps <see cref="LivePath"/> and <see cref="ReadyPath"/>; both for everybody: they tell names and states only.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks(LivePath, new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync }).AllowAnonymous();
        routes.MapHealthChecks(ReadyPath, new HealthCheckOptions { Predicate = check => check.Tags.Contains(Ready), ResponseWriter = WriteAsync }).AllowAnonymous();
    }

    // Names and states only: a description may hold the text of an exception.
    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "application/json";
        var body = new { status = report.Status.ToString(), checks = report.Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Status.ToString(), StringComparer.Ordinal) };
        return context.Response.WriteAsync(JsonSerializer.Serialize(body), context.RequestAborted);
    }
}
