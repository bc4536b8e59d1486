using System.Net;
using System.Text;
using System.Text.Json;

namespace Causality.Scheduler.Tests.Hosting;

/// <summary>Reads and checks answers of the control API.</summary>
internal static class HttpAnswers
{
    public static StringContent Json(string body, string mediaType = "application/json") => new(body, Encoding.UTF8, mediaType);

    public static async Task<JsonElement> JsonAsync(this Task<HttpResponseMessage> pending, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var response = await pending;
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(status, body);
        return body.Length == 0 ? default : JsonDocument.Parse(body).RootElement;
    }

    public static async Task<JsonElement> ProblemAsync(this Task<HttpResponseMessage> pending, HttpStatusCode status, string slug)
    {
        (await pending).Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        var problem = await pending.JsonAsync(status);
        problem.GetProperty("type").GetString().ShouldBe("urn:causality:problem:" + slug);
        problem.GetProperty("status").GetInt32().ShouldBe((int)status);
        problem.GetProperty("detail").GetString().ShouldNotBeNullOrWhiteSpace();
        return problem;
    }

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString().ShouldNotBeNull();
}
