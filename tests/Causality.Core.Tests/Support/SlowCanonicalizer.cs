using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Causality.Core.Tests.Support;

/// <summary>A second, slow and plain writer of canonical bytes, made from the rules and not from the code under test.</summary>
internal static class SlowCanonicalizer
{
    private static readonly string[] Order = ["id", "timestamp", "entry_type", "data", "trace_id", "parent_id", "metadata"];

    public static byte[] Canonicalize(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var members = Order.Where(name => IsPresent(document.RootElement, name)).Select(name => Quote(name) + ":" + ValueOf(document.RootElement, name));
        return Encoding.UTF8.GetBytes("{" + string.Join(',', members) + "}");
    }

    private static bool IsPresent(JsonElement entry, string name)
    {
        if (!entry.TryGetProperty(name, out var value))
            return false;
        if (name is "trace_id" or "parent_id" or "metadata" && value.ValueKind == JsonValueKind.Null)
            return false;
        return name != "metadata" || value.EnumerateObject().Any();
    }

    private static string ValueOf(JsonElement entry, string name)
    {
        var value = entry.GetProperty(name);
        if (name != "timestamp" || value.ValueKind != JsonValueKind.String)
            return Write(value);

        var time = DateTimeOffset.Parse(value.GetString()!, CultureInfo.InvariantCulture);
        return time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
    }

    private static string Write(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "{" + string.Join(',', value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal).Select(member => Quote(member.Name) + ":" + Write(member.Value))) + "}",
        JsonValueKind.Array => "[" + string.Join(',', value.EnumerateArray().Select(Write)) + "]",
        JsonValueKind.String => Quote(value.GetString()!),
        _ => value.GetRawText(),
    };

    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var character in text)
        {
            quoted.Append(character switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\b' => "\\b",
                '\t' => "\\t",
                '\n' => "\\n",
                '\f' => "\\f",
                '\r' => "\\r",
                < ' ' => "\\u" + ((int)character).ToString("x4", CultureInfo.InvariantCulture),
                _ => character.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }
}
