using System.Text.Json.Nodes;

namespace Causality.OpenApi.Tests.Documents;

/// <summary>A method of a path.</summary>
/// <param name="Path">The template, such as <c>/v1/peers/{peerId}</c>.</param>
/// <param name="Method">In upper case.</param>
/// <param name="Node">The operation as it stands.</param>
/// <param name="PathParameters">Parameters of all methods of the path.</param>
internal sealed record Operation(string Path, string Method, JsonObject Node, JsonArray PathParameters)
{
    public string Route => $"{Method} {Path}";

    public JsonObject Responses => (JsonObject)Node["responses"]!;

    /// <summary>Roles by security scheme; empty for everybody.</summary>
    public IReadOnlyDictionary<string, string[]> Security => (Node["security"] as JsonArray ?? throw new InvalidDataException($"{Route} says nothing of security."))
        .SelectMany(choice => (JsonObject)choice!).ToDictionary(scheme => scheme.Key, scheme => ((JsonArray)scheme.Value!).Select(role => role!.GetValue<string>()).ToArray());

    public IEnumerable<JsonNode> Parameters => PathParameters.Concat(Node["parameters"] as JsonArray ?? []).Select(parameter => parameter!);
}
