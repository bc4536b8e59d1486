namespace Causality.Core.Tests.Support;

/// <summary>A JSON value as a tree, so that one value can be rendered in many spellings.</summary>
internal abstract record Json
{
    /// <summary>A number, true, false or null, spelled as it must stay.</summary>
    internal sealed record Literal(string Spelling) : Json;

    internal sealed record Text(string Value) : Json;

    internal sealed record List(Json[] Items) : Json;

    internal sealed record Map(KeyValuePair<string, Json>[] Members) : Json;
}
