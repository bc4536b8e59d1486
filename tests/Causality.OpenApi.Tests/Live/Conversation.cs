using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Causality.OpenApi.Tests.Documents;

namespace Causality.OpenApi.Tests.Live;

/// <summary>Asks an operator and holds every answer against a document: the status is listed, the media type too, the headers that are always there are there, and the body fits its schema.</summary>
internal sealed class Conversation(OpenApiFile document, HttpClient http)
{
    private readonly HashSet<string> _answered = [];

    /// <summary>Operations with the status that was seen, such as <c>GET /v1/peers 200</c>.</summary>
    public IReadOnlyCollection<string> Answered => _answered;

    /// <summary>Asks with a JSON body, or none.</summary>
    /// <returns>The body of the answer; null when it is no JSON.</returns>
    public Task<JsonNode?> AskAsync(string method, string target, int status, string? json = null, string? token = null) =>
        AskAsync(method, target, status, json is null ? null : new StringContent(json, Encoding.UTF8, "application/json"), token);

    /// <summary>Asks with any body.</summary>
    public async Task<JsonNode?> AskAsync(string method, string target, int status, HttpContent? body, string? token)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), target) { Content = body };
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        var operation = OperationOf(method, target);
        var where = $"{operation.Route} {(int)answer.StatusCode}";
        var text = answer.Content.Headers.ContentType?.MediaType == "text/event-stream" ? "" : await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        ((int)answer.StatusCode).ShouldBe(status, $"{method} {target}: {text}");
        _answered.Add(where);
        return Check(operation, answer, text, where);
    }

    private JsonNode? Check(Operation operation, HttpResponseMessage answer, string text, string where)
    {
        var response = document.Follow(operation.Responses[((int)answer.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture)].ShouldNotBeNull($"{where} is in no document"));
        foreach (var (name, header) in response["headers"]?.AsObject() ?? [])
        {
            if (document.Follow(header!)["required"]?.GetValue<bool>() == true)
                answer.Headers.Concat(answer.Content.Headers).Select(there => there.Key).ShouldContain(name, where);
        }

        var content = response["content"] as JsonObject ?? [];
        if (content.Count == 0)
        {
            text.ShouldBeEmpty(where);
            return null;
        }

        var type = answer.Content.Headers.ContentType?.MediaType.ShouldNotBeNull(where);
        var media = content[type!].ShouldNotBeNull($"{where}: {type} is in no document");
        if (!type!.EndsWith("json", StringComparison.Ordinal) || type == "application/x-ndjson")
            return null;
        var body = JsonNode.Parse(text);
        SchemaCheck.Faults(document, media["schema"]!, body?.DeepClone()).ShouldBeEmpty($"{where}: {text}");
        if (type == "application/problem+json")
            response["x-problem-types"]!.AsArray().Select(slug => "urn:causality:problem:" + slug!.GetValue<string>()).ShouldContain(body!["type"]!.GetValue<string>(), where);
        return body;
    }

    /// <summary>The operation whose path fits best: one with a name in the place of a parameter before one with the parameter.</summary>
    private Operation OperationOf(string method, string target)
    {
        var path = target.Split('?')[0];
        return document.Operations.Where(operation => operation.Method == method && Regex.IsMatch(path, $"^{Regex.Replace(operation.Path, @"\{\w+\}", "[^/]+")}$"))
            .MinBy(operation => operation.Path.Count(character => character == '{')).ShouldNotBeNull($"{method} {target} is in no document");
    }
}
