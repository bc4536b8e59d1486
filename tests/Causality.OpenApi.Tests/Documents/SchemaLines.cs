using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Causality.Contracts.Http;
using Causality.Protocol.Wire;

namespace Causality.OpenApi.Tests.Documents;

/// <summary>What a record and a schema say of each member, in the same words, so that they can be compared.</summary>
internal static class SchemaLines
{
    private static readonly JsonSchemaExporterOptions Exporter = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = static (context, node) =>
        {
            var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
            if (!context.Path.IsEmpty && IsContract(type))
                return new JsonObject { ["$ref"] = "#/components/schemas/" + type.Name, ["nullable"] = IsNullable(node) };
            if (node is JsonObject schema && (type == typeof(int) || type == typeof(long)))
                schema["format"] = type == typeof(int) ? "int32" : "int64";
            return node;
        },
    };

    /// <summary>Every record and enumeration that stands in a body.</summary>
    public static IReadOnlyList<Type> Contracts { get; } = [.. Bodies().Concat(Bodies().SelectMany(Parts)).Distinct().OrderBy(type => type.Name, StringComparer.Ordinal)];

    /// <summary>The members of a contract.</summary>
    public static IReadOnlyList<string> Of(Type type)
    {
        var node = (JsonObject)ProtocolJson.Answers.GetJsonSchemaAsNode(type, Exporter);
        return type.IsEnum ? Words(node) : Members(node, static part => part);
    }

    /// <summary>The members of a schema of a document.</summary>
    public static IReadOnlyList<string> Of(OpenApiFile document, string name)
    {
        var node = (JsonObject)document.Schemas[name]!;
        return node["enum"] is null ? Members(node, part => Inline(document, part)) : Words(node);
    }

    private static string[] Words(JsonObject node) => [.. ((JsonArray)node["enum"]!).Select(word => word!.GetValue<string>()).Order(StringComparer.Ordinal)];

    private static List<string> Members(JsonObject node, Func<JsonObject, JsonObject> inline)
    {
        var required = (node["required"] as JsonArray ?? []).Select(name => name!.GetValue<string>()).ToHashSet();
        return [.. ((JsonObject)node["properties"]!).Select(member => $"{member.Key}: {Shape((JsonObject)member.Value!, inline)}{(required.Contains(member.Key) ? ", required" : "")}").Order(StringComparer.Ordinal)];
    }

    private static string Shape(JsonObject node, Func<JsonObject, JsonObject> inline)
    {
        // A contract or nothing.
        if (node["anyOf"] is JsonArray choices)
            return string.Join(" or ", choices.Select(choice => Shape((JsonObject)choice!, inline)).Order(StringComparer.Ordinal));
        node = inline(node);
        if (node["$ref"]?.GetValue<string>() is { } reference)
            return string.Join(" or ", new[] { reference[(reference.LastIndexOf('/') + 1)..] }.Concat(node["nullable"]?.GetValue<bool>() == true ? ["null"] : []));
        var types = node["type"] switch { JsonArray several => several.Select(type => type!.GetValue<string>()), { } one => [one.GetValue<string>()], null => ["anything"] };
        var words = types.Order(StringComparer.Ordinal).Select(type => (type, node["items"]) switch
        {
            ("array", JsonObject items) => $"list of ({Shape(items, inline)})",
            ("null", _) => "null",
            _ => node["format"] is { } format ? $"{type} {format}" : type,
        });
        return string.Join(" or ", words);
    }

    // Helpers such as Hash only narrow a text; they are no contracts.
    private static JsonObject Inline(OpenApiFile document, JsonObject node) =>
        node["$ref"]?.GetValue<string>() is { } reference && !Contracts.Any(type => reference.EndsWith("/" + type.Name, StringComparison.Ordinal)) ? (JsonObject)document.Follow(node) : node;

    private static bool IsNullable(JsonNode node) => node["type"] is JsonArray several && several.Any(type => type!.GetValue<string>() == "null")
        || node["enum"] is JsonArray words && words.Any(word => word is null);

    private static bool IsContract(Type type) => type.Assembly == typeof(SyncRoutes).Assembly;

    private static List<Type> Bodies() => [.. typeof(SyncRoutes).Assembly.GetExportedTypes()
        .Where(type => type.Namespace!.StartsWith(typeof(SyncRoutes).Namespace!, StringComparison.Ordinal) && type.GetMethod("<Clone>$") is not null)];

    private static IEnumerable<Type> Parts(Type record)
    {
        var own = record.GetProperties().Where(property => property.GetCustomAttributes(typeof(CompilerGeneratedAttribute), false).Length == 0).Select(property => property.PropertyType)
            .SelectMany(type => type.IsGenericType ? type.GetGenericArguments() : [type]).Select(type => Nullable.GetUnderlyingType(type) ?? type).Where(IsContract).Distinct().ToList();
        return own.Concat(own.SelectMany(Parts));
    }
}
