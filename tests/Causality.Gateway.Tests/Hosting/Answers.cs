using System.Net;
using System.Text;
using System.Text.Json;

namespace Causality.Gateway.Tests.Hosting;

/// <summary>Reads and checks answers.</summary>
internal static class Answers
{
    public static async Task<JsonElement> JsonAsync(this Task<HttpResponseMessage> pending, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var response = await pending;
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(status, body);
        return JsonDocument.Parse(body).RootElement;
    }

    public static async Task<JsonElement> ProblemAsync(this Task<HttpResponseMessage> pending, HttpStatusCode status, string slug)
    {
        var problem = await pending.JsonAsync(status);
        problem.GetProperty("type").GetString().ShouldBe("urn:causality:problem:" + slug);
        problem.GetProperty("status").GetInt32().ShouldBe((int)status);
        problem.GetProperty("trace_id").GetString().ShouldNotBeNullOrEmpty();
        return problem;
    }

    public static StringContent Body(string text, string mediaType = "application/x-ndjson") => new(text, Encoding.UTF8, mediaType);

    public static string Line(string id, long timestamp, string data = "{}") => $"{{\"id\":\"{id}\",\"timestamp\":{timestamp},\"entry_type\":\"fact\",\"data\":{data}}}\n";
}
