using System.Text.Json.Nodes;
using Causality.Contracts.Tests.AsyncApi;
using Causality.TestKit.Processes;

namespace Causality.OpenApi.Tests.Documents;

/// <summary>One of the OpenAPI documents in <c>contracts/</c>, or a variation of it.</summary>
internal sealed class OpenApiFile(string name, JsonObject root)
{
    private static readonly string[] Methods = ["get", "put", "post", "delete", "head", "patch", "options", "trace"];

    public static OpenApiFile Peer { get; } = Published("openapi-peer.yaml");

    public static OpenApiFile Control { get; } = Published("openapi-control.yaml");

    public static IReadOnlyList<OpenApiFile> Both { get; } = [Peer, Control];

    public string Name => name;

    public string Path => PathOf(name);

    public JsonObject Root => root;

    public JsonObject Schemas => (JsonObject)root["components"]!["schemas"]!;

    public JsonObject Responses => (JsonObject)root["components"]!["responses"]!;

    /// <summary>Every operation, with the parameters of its path.</summary>
    public IReadOnlyList<Operation> Operations { get; } =
    [
        .. ((JsonObject)root["paths"]!).SelectMany(path => ((JsonObject)path.Value!).Where(part => Methods.Contains(part.Key))
            .Select(part => new Operation(path.Key, part.Key.ToUpperInvariant(), (JsonObject)part.Value!, path.Value!["parameters"] as JsonArray ?? []))),
    ];

    /// <summary>The node itself, or what its <c>$ref</c> leads to.</summary>
    /// <exception cref="InvalidDataException">It leads nowhere.</exception>
    public JsonNode Follow(JsonNode node) => node is JsonObject part && part["$ref"]?.GetValue<string>() is { } reference
        ? Follow(Find(reference) ?? throw new InvalidDataException($"{name}: {reference} leads nowhere."))
        : node;

    /// <summary>What a reference within the document leads to; null when it leads nowhere.</summary>
    public JsonNode? Find(string reference) => !reference.StartsWith("#/", StringComparison.Ordinal)
        ? null
        : reference[2..].Split('/').Aggregate((JsonNode?)root, (node, step) => (node as JsonObject)?[step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)]);

    /// <summary>Every value of a member of this name, wherever it stands.</summary>
    public IEnumerable<JsonNode?> All(string member) => All(root, member);

    /// <summary>A copy to break.</summary>
    public OpenApiFile But(Action<JsonObject> change)
    {
        var copy = (JsonObject)root.DeepClone();
        change(copy);
        return new OpenApiFile(name, copy);
    }

    private static OpenApiFile Published(string name)
    {
        using var text = File.OpenText(PathOf(name));
        return new OpenApiFile(name, YamlAsJson.Read(text));
    }

    private static string PathOf(string name) => System.IO.Path.Combine(BuiltPrograms.RepositoryRoot, "contracts", name);

    private static IEnumerable<JsonNode?> All(JsonNode? node, string member) => node switch
    {
        JsonObject part => part.Where(child => child.Key == member).Select(child => child.Value).Concat(part.SelectMany(child => All(child.Value, member))),
        JsonArray list => list.SelectMany(child => All(child, member)),
        _ => [],
    };
}
