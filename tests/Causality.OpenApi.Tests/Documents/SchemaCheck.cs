using System.Text.Json.Nodes;
using Json.Schema;

namespace Causality.OpenApi.Tests.Documents;

/// <summary>Holds values against the schemas of a document.</summary>
internal static class SchemaCheck
{
    private static readonly EvaluationOptions Options = new() { OutputFormat = OutputFormat.List, RequireFormatValidation = true };

    /// <summary>What is wrong with a value; empty when nothing is.</summary>
    /// <param name="document">Where the schema stands.</param>
    /// <param name="schema">A schema, or a reference to one.</param>
    /// <param name="value">The value.</param>
    public static IReadOnlyList<string> Faults(OpenApiFile document, JsonNode schema, JsonNode? value)
    {
        // A schema of its own, with the document's as its definitions.
        var whole = (JsonObject)schema.DeepClone();
        whole["$defs"] = document.Schemas.DeepClone();
        var result = JsonSchema.FromText(whole.ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal)).Evaluate(value, Options);
        return result.IsValid ? [] : [.. (result.Details ?? []).Where(detail => detail.HasErrors).SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation}: {error.Value}"))];
    }
}
