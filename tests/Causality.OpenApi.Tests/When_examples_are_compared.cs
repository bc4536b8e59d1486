using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Causality.OpenApi.Tests.Documents;
using Causality.TestKit.Processes;

namespace Causality.OpenApi.Tests;

/// <summary>Examples are what their schemas say: those of the documents, and those of the protocol's page, which are what a server really answers.</summary>
public sealed partial class When_examples_are_compared
{
    [Fact]
    public void Those_of_the_documents_should_fit_their_schemas()
    {
        var count = 0;
        foreach (var document in OpenApiFile.Both)
        {
            foreach (var (where, media, type) in Bodies(document))
            {
                if (!type.EndsWith("json", StringComparison.Ordinal))
                    continue;
                foreach (var example in Examples(document, media))
                {
                    count++;
                    SchemaCheck.Faults(document, media["schema"]!, example?.DeepClone()).ShouldBeEmpty($"{document.Name}: {where}");
                }
            }
        }

        count.ShouldBeGreaterThan(80);
    }

    [Fact]
    public void Those_of_the_page_should_fit_their_schemas()
    {
        var seen = new HashSet<string>();
        foreach (var (method, path, body, status, answer) in PageExamples())
        {
            var operation = OpenApiFile.Peer.Operations.Where(operation => operation.Method == method).MinBy(operation => Matches(operation.Path, path) ? operation.Path.Count(character => character == '{') : int.MaxValue)!;
            Matches(operation.Path, path).ShouldBeTrue($"{method} {path} is on the page and in no document");
            seen.Add(operation.Route);
            var response = OpenApiFile.Peer.Follow(operation.Responses[status].ShouldNotBeNull($"{method} {path} {status}"));
            Check(operation.Node["requestBody"]?["content"]?["application/json"], status == "200" ? body : "", $"{method} {path}");
            Check(response["content"]!["application/json"] ?? response["content"]!["application/problem+json"], answer, $"{method} {path} {status}");
        }

        OpenApiFile.Peer.Operations.Select(operation => operation.Route).Except(seen).ShouldBeEmpty("no example on the page");
    }

    [Fact]
    public void One_that_does_not_fit_should_be_told()
    {
        var schema = OpenApiFile.Peer.Schemas["SegmentDescription"]!;
        var example = OpenApiFile.Peer.Operations.Single(operation => operation.Route == "GET /sync/v1/segments").Responses["200"]!["content"]!["application/json"]!["example"]!["segments"]![0]!;

        SchemaCheck.Faults(OpenApiFile.Peer, schema, example.DeepClone()).ShouldBeEmpty();
        foreach (var (member, value) in new (string, JsonNode?)[] { ("id", "../secret"), ("entry_count", 0), ("content_hash", "abc"), ("start_timestamp", "now"), ("size_bytes", null) })
        {
            var wrong = (JsonObject)example.DeepClone();
            wrong[member] = value;
            SchemaCheck.Faults(OpenApiFile.Peer, schema, wrong).ShouldNotBeEmpty(member);
        }
    }

    private static void Check(JsonNode? media, string text, string where)
    {
        if (media is not null && text.Length > 0)
            SchemaCheck.Faults(OpenApiFile.Peer, media["schema"]!, JsonNode.Parse(text)).ShouldBeEmpty(where);
    }

    private static IEnumerable<(string Where, JsonObject Media, string Type)> Bodies(OpenApiFile document) =>
        document.Operations.SelectMany(operation => operation.Responses.Select(response => ($"{operation.Route} {response.Key}", document.Follow(response.Value!)["content"]))
            .Append(($"{operation.Route} request", operation.Node["requestBody"]?["content"])))
            .SelectMany(body => (body.Item2 as JsonObject ?? []).Select(media => (body.Item1, (JsonObject)media.Value!, media.Key)));

    private static IEnumerable<JsonNode?> Examples(OpenApiFile document, JsonObject media) =>
        (media.ContainsKey("example") ? [media["example"]] : Array.Empty<JsonNode?>()).Concat((media["examples"] as JsonObject ?? []).Select(example => document.Follow(example.Value!)["value"]));

    private static IEnumerable<(string Method, string Path, string Body, string Status, string Answer)> PageExamples()
    {
        foreach (Match example in Example().Matches(File.ReadAllText(Path.Combine(BuiltPrograms.RepositoryRoot, "contracts", "sync-protocol-v1.md"))))
        {
            var parts = example.Groups[1].Value.Split("---\n", 2);
            var request = parts[0].Split('\n')[0].Split(' ');
            var json = parts[0].Split('\n').FirstOrDefault(line => line.StartsWith('{')) ?? "";
            yield return (request[0], request[1].Split('?')[0], json, parts[1].Split('\n')[0], parts[1].Split("\n\n", 2)[^1].Trim());
        }
    }

    private static bool Matches(string template, string path) => Regex.IsMatch(path, $"^{Regex.Replace(template, @"\{\w+\}", "[^/]+")}$");

    [GeneratedRegex("```example\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
