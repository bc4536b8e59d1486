using System.Text.Json.Nodes;

namespace Causality.Contracts.Tests.AsyncApi;

/// <summary><c>contracts/asyncapi.yaml</c>, or a variation of it.</summary>
internal sealed class AsyncApiDocument(JsonObject root)
{
    /// <summary>The document as it is published.</summary>
    public static AsyncApiDocument Published()
    {
        using var text = File.OpenText(Path.Combine(AppContext.BaseDirectory, "asyncapi.yaml"));
        return new AsyncApiDocument(YamlAsJson.Read(text));
    }

    public JsonObject Root => root;

    public JsonObject Channels => Section("channels");

    public JsonObject Operations => Section("operations");

    public JsonObject Messages => Section("components", "messages");

    public JsonObject Schemas => Section("components", "schemas");

    /// <summary>Where a <c>$ref</c> leads; null when it leads nowhere.</summary>
    public JsonNode? Follow(string reference) =>
        reference.StartsWith("#/", StringComparison.Ordinal)
            ? reference[2..].Split('/').Aggregate((JsonNode?)root, (node, step) => node is JsonObject part ? part[step] : null)
            : null;

    /// <summary>Every value of a member of this name, wherever it stands.</summary>
    public IEnumerable<JsonNode?> All(string member) => All(root, member);

    private static IEnumerable<JsonNode?> All(JsonNode? node, string member) => node switch
    {
        JsonObject part => part.Where(child => child.Key == member).Select(child => child.Value).Concat(part.SelectMany(child => All(child.Value, member))),
        JsonArray list => list.SelectMany(child => All(child, member)),
        _ => [],
    };

    private JsonObject Section(params string[] path) =>
        Follow("#/" + string.Join('/', path)) as JsonObject ?? throw new InvalidDataException($"asyncapi.yaml has no section {string.Join('.', path)}.");
}
