using System.Text.Json;

namespace Causality.Security.Tests.Hosting;

/// <summary>Checks problem answers.</summary>
internal static class Answers
{
    /// <summary>Reads an answer that must be this problem.</summary>
    public static async Task<JsonElement> ShouldBeProblemAsync(this HttpResponseMessage answer, int status, string slug)
    {
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        ((int)answer.StatusCode).ShouldBe(status, body);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        var problem = JsonDocument.Parse(body).RootElement;
        problem.GetProperty("type").GetString().ShouldBe("urn:causality:problem:" + slug);
        problem.GetProperty("status").GetInt32().ShouldBe(status);
        problem.GetProperty("trace_id").GetString().ShouldNotBeNullOrEmpty();
        return problem;
    }
}
