using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Causality.Contracts.Tests.AsyncApi;

/// <summary>A member of a message, as the code or as the document has it.</summary>
/// <param name="Name">The name on the wire.</param>
/// <param name="Shape">For example <c>integer int64</c>, <c>#SyncResult</c>, <c>list of string</c>.</param>
/// <param name="Nullable">It may be null.</param>
/// <param name="Required">It must be there.</param>
internal sealed record Member(string Name, string Shape, bool Nullable, bool Required)
{
    private static readonly Dictionary<Type, string> Shapes = new()
    {
        [typeof(Guid)] = "string uuid",
        [typeof(string)] = "string",
        [typeof(DateTimeOffset)] = "string date-time",
        [typeof(int)] = "integer int32",
        [typeof(long)] = "integer int64",
        [typeof(bool)] = "boolean",
    };

    public override string ToString() => $"{Shape}{(Nullable ? ", nullable" : "")}{(Required ? ", required" : "")}";

    /// <summary>The members of a record; extension data is no member.</summary>
    public static IReadOnlyList<Member> Of(Type record)
    {
        var nullability = new NullabilityInfoContext();
        return [.. record.GetProperties().Where(property => property.GetCustomAttribute<JsonExtensionDataAttribute>() is null).Select(property => new Member(
            JsonNamingPolicy.CamelCase.ConvertName(property.Name), ShapeOf(property.PropertyType), nullability.Create(property).ReadState == NullabilityState.Nullable,
            property.IsDefined(typeof(RequiredMemberAttribute))))];
    }

    /// <summary>The members of a schema.</summary>
    public static IReadOnlyList<Member> Of(JsonObject schema, AsyncApiDocument document)
    {
        var required = (schema["required"] as JsonArray ?? []).Select(name => name!.GetValue<string>()).ToHashSet();
        return [.. (schema["properties"] as JsonObject ?? []).Select(property =>
        {
            var (shape, nullable) = ShapeOf((JsonObject)property.Value!, document);
            return new Member(property.Key, shape, nullable, required.Contains(property.Key));
        })];
    }

    private static string ShapeOf(Type type)
    {
        type = System.Nullable.GetUnderlyingType(type) ?? type;
        if (Shapes.TryGetValue(type, out var shape))
            return shape;
        return type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? $"list of {ShapeOf(type.GetGenericArguments()[0])}" : $"#{type.Name}";
    }

    private static (string Shape, bool Nullable) ShapeOf(JsonObject schema, AsyncApiDocument document)
    {
        if (schema["$ref"] is { } reference)
            return (Named(reference.GetValue<string>(), document), false);
        if (schema["oneOf"] is JsonArray choices)
        {
            var parts = choices.Select(choice => ShapeOf((JsonObject)choice!, document).Shape).ToList();
            return (string.Join(" or ", parts.Where(part => part != "null")), parts.Contains("null"));
        }

        var types = schema["type"] is JsonArray several ? several.Select(type => type!.GetValue<string>()).ToList() : [schema["type"]?.GetValue<string>() ?? "no type"];
        var name = string.Join(" or ", types.Count > 1 ? types.Where(type => type != "null") : types);
        if (name == "array")
            return ($"list of {(schema["items"] is JsonObject items ? ShapeOf(items, document).Shape : "anything")}", types.Contains("null"));
        return (schema["format"] is { } format ? $"{name} {format.GetValue<string>()}" : name, types.Count > 1 && types.Contains("null"));
    }

    // A set of words that the code keeps as text, such as the reasons, is text on the wire.
    private static string Named(string reference, AsyncApiDocument document)
    {
        var name = reference[(reference.LastIndexOf('/') + 1)..];
        var isWords = PublicContracts.TypeOf(name) is null && document.Follow(reference) is JsonObject target && target["enum"] is not null;
        return isWords ? "string" : $"#{name}";
    }
}
