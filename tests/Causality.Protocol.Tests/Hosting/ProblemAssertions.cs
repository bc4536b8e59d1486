using System.Net;
using System.Text.Json;

namespace Causality.Protocol.Tests.Hosting;

/// <summary>What every problem answer must look like.</summary>
internal static class ProblemAssertions
{
    private static readonly string[] Secrets = ["Exception", "   at ", ".cs:", "System.", "Causality.", "/tmp", "/home", "SELECT", "secret"];

    /// <returns>The problem, for further questions.</returns>
    public static async Task<JsonElement> ShouldBeProblemAsync(this HttpResponseMessage response, HttpStatusCode status, string slug)
    {
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(status, body);
        response.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        response.Headers.Server.ShouldBeEmpty();
        foreach (var secret in Secrets)
            body.ShouldNotContain(secret, Case.Sensitive);

        var problem = JsonDocument.Parse(body).RootElement;
        problem.GetProperty("type").GetString().ShouldBe("urn:causality:problem:" + slug, body);
        problem.GetProperty("status").GetInt32().ShouldBe((int)status);
        problem.GetProperty("trace_id").GetString().ShouldNotBeNullOrEmpty();
        problem.GetProperty("detail").GetString().ShouldNotBeNullOrEmpty();
        return problem;
    }
}
