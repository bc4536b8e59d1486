using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Causality.Contracts.Tests.AsyncApi;

/// <summary>Compares the document's schemas with the contracts, both ways; every difference is one sentence that says where and what.</summary>
internal static class ContractCheck
{
    /// <summary>Schemas that describe no contract of their own.</summary>
    private static readonly string[] Helpers = ["Envelope", "SyncReason"];

    public static IReadOnlyList<string> FindDifferences(AsyncApiDocument document)
    {
        var missing = PublicContracts.Everything.Where(type => !document.Schemas.ContainsKey(type.Name)).Select(type => $"{type.Name} is a public contract and has no schema.");
        var unknown = document.Schemas.Select(schema => schema.Key).Where(name => PublicContracts.TypeOf(name) is null && !Helpers.Contains(name))
            .Select(name => $"Schema {name} describes no public contract.");
        var different = PublicContracts.Everything.Where(type => document.Schemas.ContainsKey(type.Name))
            .SelectMany(type => Compare(type, (JsonObject)document.Schemas[type.Name]!, document));
        return [.. missing, .. unknown, .. different, .. CompareWords("SyncReason", Reasons(), document.Schemas["SyncReason"]), .. Undescribed(document)];
    }

    private static IEnumerable<string> Compare(Type type, JsonObject schema, AsyncApiDocument document)
    {
        if (type.IsEnum)
            return CompareWords(type.Name, Enum.GetNames(type), schema);

        var (code, page) = (Member.Of(type).ToDictionary(member => member.Name), Member.Of(schema, document).ToDictionary(member => member.Name));
        var names = code.Keys.Union(page.Keys);
        var members = names.Where(name => code.GetValueOrDefault(name) != page.GetValueOrDefault(name))
            .Select(name => $"{type.Name}.{name}: the record says {Say(code.GetValueOrDefault(name))}, asyncapi.yaml says {Say(page.GetValueOrDefault(name))}.");
        var required = (schema["required"] as JsonArray ?? []).Select(name => name!.GetValue<string>()).Where(name => !page.ContainsKey(name))
            .Select(name => $"{type.Name}: asyncapi.yaml requires '{name}', which it does not describe.");
        var isOpen = Array.Exists(type.GetProperties(), property => property.IsDefined(typeof(JsonExtensionDataAttribute)));
        var open = isOpen != (schema["additionalProperties"] is JsonValue flag && flag.GetValue<bool>())
            ? [$"{type.Name}: the record {(isOpen ? "keeps" : "does not keep")} unknown members; additionalProperties must {(isOpen ? "be true" : "be left out")}."]
            : Array.Empty<string>();
        return [.. members, .. required, .. open];
    }

    private static IEnumerable<string> CompareWords(string name, IEnumerable<string> code, JsonNode? schema)
    {
        var page = (schema?["enum"] as JsonArray ?? []).Select(word => word!.GetValue<string>()).ToList();
        return code.Except(page).Select(word => $"{name}: '{word}' is in the code and not in asyncapi.yaml.")
            .Concat(page.Except(code).Select(word => $"{name}: '{word}' is in asyncapi.yaml and not in the code."));
    }

    private static IEnumerable<string> Undescribed(AsyncApiDocument document)
    {
        var schemas = document.Schemas.SelectMany(schema => (schema.Value!["properties"] as JsonObject ?? []).Select(property => (Where: $"{schema.Key}.{property.Key}", property.Value))
            .Prepend((Where: schema.Key, schema.Value)));
        var rest = new[] { (document.Channels, "description"), (document.Operations, "summary"), (document.Messages, "summary") }
            .SelectMany(section => section.Item1.Select(part => (Where: part.Key, Text: part.Value![section.Item2])));
        return schemas.Select(schema => (schema.Where, Text: schema.Value!["description"])).Concat(rest)
            .Where(part => string.IsNullOrWhiteSpace(part.Text?.GetValue<string>())).Select(part => $"{part.Where} has no description in asyncapi.yaml.");
    }

    private static IEnumerable<string> Reasons() =>
        typeof(SyncReasons).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!);

    private static string Say(Member? member) => member is null ? "nothing" : $"'{member}'";
}
