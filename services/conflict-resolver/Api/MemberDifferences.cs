using System.Text.Json;

namespace Causality.ConflictResolver.Api;

/// <summary>Finds the members in which two entries differ.</summary>
internal static class MemberDifferences
{
    private const int Most = 100;

    /// <summary>Paths such as <c>data.amount</c> or <c>data.items[2]</c>, in the order of the first entry; at most 100.</summary>
    public static IReadOnlyList<string> Find(string one, string other)
    {
        using var left = JsonDocument.Parse(one);
        using var right = JsonDocument.Parse(other);
        var found = new List<string>();
        Compare("", left.RootElement, right.RootElement, found);
        return found;
    }

    private static void Compare(string path, JsonElement? left, JsonElement? right, List<string> found)
    {
        if (found.Count == Most)
            return;
        if (left is { ValueKind: JsonValueKind.Object } leftObject && right is { ValueKind: JsonValueKind.Object } rightObject)
        {
            foreach (var name in leftObject.EnumerateObject().Concat(rightObject.EnumerateObject()).Select(member => member.Name).Distinct(StringComparer.Ordinal))
                Compare(path.Length == 0 ? name : $"{path}.{name}", Member(leftObject, name), Member(rightObject, name), found);
        }
        else if (left is { ValueKind: JsonValueKind.Array } leftArray && right is { ValueKind: JsonValueKind.Array } rightArray)
        {
            for (var index = 0; index < Math.Max(leftArray.GetArrayLength(), rightArray.GetArrayLength()) && found.Count < Most; index++)
                Compare($"{path}[{index}]", Item(leftArray, index), Item(rightArray, index), found);
        }
        else if (left is null || right is null || left.Value.GetRawText() != right.Value.GetRawText())
        {
            found.Add(path);
        }
    }

    private static JsonElement? Member(JsonElement parent, string name) => parent.TryGetProperty(name, out var member) ? member : null;

    private static JsonElement? Item(JsonElement parent, int index) => index < parent.GetArrayLength() ? parent[index] : null;
}
