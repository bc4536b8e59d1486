using System.Text.Json;
using Causality.Scheduler.Dashboard.Rendering;

namespace Causality.Scheduler.Dashboard.Conflicts;

/// <summary>Lays two entries side by side, member by member. Bounded in rows and in what a row shows.</summary>
internal static class MemberTable
{
    private const int MostRows = 200;
    private const int MostShown = 300;

    /// <param name="one">The line of the latest version.</param>
    /// <param name="other">The line of the one before.</param>
    /// <returns>In the order of the first, then what only the second has; at most 200 rows, those that differ first kept.</returns>
    public static IReadOnlyList<MemberRow> Make(string one, string other)
    {
        using var left = JsonDocument.Parse(one);
        using var right = JsonDocument.Parse(other);
        var rows = new List<MemberRow>();
        Add("", left.RootElement, right.RootElement, rows);
        if (rows.Count <= MostRows)
            return rows;
        var kept = rows.Where(row => row.IsDifferent).Concat(rows.Where(row => !row.IsDifferent)).Take(MostRows).ToHashSet();
        return [.. rows.Where(kept.Contains)];
    }

    private static void Add(string path, JsonElement? left, JsonElement? right, List<MemberRow> rows)
    {
        if (left is { ValueKind: JsonValueKind.Object } leftObject && right is { ValueKind: JsonValueKind.Object } rightObject)
        {
            foreach (var name in leftObject.EnumerateObject().Concat(rightObject.EnumerateObject()).Select(member => member.Name).Distinct(StringComparer.Ordinal))
                Add(path.Length == 0 ? name : $"{path}.{name}", Member(leftObject, name), Member(rightObject, name), rows);
            return;
        }

        if (left is { ValueKind: JsonValueKind.Array } leftArray && right is { ValueKind: JsonValueKind.Array } rightArray && leftArray.GetRawText() != rightArray.GetRawText())
        {
            var (ours, theirs) = (leftArray.EnumerateArray().ToList(), rightArray.EnumerateArray().ToList());
            for (var index = 0; index < Math.Max(ours.Count, theirs.Count); index++)
                Add($"{path}[{index}]", index < ours.Count ? ours[index] : null, index < theirs.Count ? theirs[index] : null, rows);
            return;
        }

        var (first, second) = (left?.GetRawText(), right?.GetRawText());
        rows.Add(new MemberRow(Show.Text(path, 200), Cut(first), Cut(second), first != second, first?.Length > MostShown || second?.Length > MostShown));
    }

    private static string? Cut(string? json) => json is null ? null : Show.Text(json, MostShown);

    private static JsonElement? Member(JsonElement parent, string name) => parent.TryGetProperty(name, out var member) ? member : null;
}
