using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Causality.Contracts.Tests.AsyncApi;

/// <summary>A YAML document as the JSON that it stands for.</summary>
internal static class YamlAsJson
{
    /// <exception cref="YamlException">The text is no YAML; the message names line and column.</exception>
    public static JsonObject Read(TextReader text)
    {
        var stream = new YamlStream();
        stream.Load(text);
        return (JsonObject)Convert(stream.Documents[0].RootNode)!;
    }

    private static JsonNode? Convert(YamlNode node) => node switch
    {
        YamlMappingNode mapping => new JsonObject(mapping.Children.Select(child => KeyValuePair.Create(((YamlScalarNode)child.Key).Value!, Convert(child.Value)))),
        YamlSequenceNode sequence => new JsonArray([.. sequence.Children.Select(Convert)]),
        YamlScalarNode scalar => Convert(scalar),
        _ => throw new InvalidDataException($"Line {node.Start.Line}: {node.NodeType} has no JSON form."),
    };

    // YAML 1.2 JSON schema: only a plain scalar can be anything else than text.
    private static JsonNode? Convert(YamlScalarNode scalar) => (scalar.Style, scalar.Value) switch
    {
        (not ScalarStyle.Plain, var text) => JsonValue.Create(text),
        (_, null or "" or "null" or "~") => null,
        (_, "true") => JsonValue.Create(true),
        (_, "false") => JsonValue.Create(false),
        (_, var text) when long.TryParse(text, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        (_, var text) => JsonValue.Create(text),
    };
}
