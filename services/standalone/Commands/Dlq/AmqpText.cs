using System.Globalization;
using System.Text;
using RabbitMQ.Client;

namespace Causality.Standalone.Commands.Dlq;

/// <summary>What comes from a queue, made readable: bounded, and without characters that a terminal would obey.</summary>
internal static class AmqpText
{
    /// <summary>Header values as text; lists and tables are written out.</summary>
    public static IReadOnlyDictionary<string, string> Of(IDictionary<string, object?>? headers) =>
        (headers ?? new Dictionary<string, object?>()).ToDictionary(header => header.Key, header => Of(header.Value), StringComparer.Ordinal);

    /// <summary>Text as it is, anything else in hexadecimal digits; at most <paramref name="limit"/> bytes of it.</summary>
    public static string OfBody(ReadOnlySpan<byte> body, int limit)
    {
        var shown = body[..Math.Min(body.Length, limit)];
        // A cut may fall into a character: its rest is left out.
        while (shown.Length < body.Length && shown.Length > 0 && (body[shown.Length] & 0xC0) == 0x80)
            shown = shown[..^1];
        var text = System.Text.Unicode.Utf8.IsValid(shown) ? Printable(Encoding.UTF8.GetString(shown), limit) : Convert.ToHexStringLower(shown);
        return shown.Length == body.Length ? text : $"{text}… ({body.Length} bytes in all)";
    }

    /// <summary>Without control characters but line ends and tabs; at most <paramref name="limit"/> characters.</summary>
    public static string Printable(string text, int limit)
    {
        var bounded = text.Length <= limit ? text : text[..limit] + "…";
        return string.Concat(bounded.Select(c => char.IsControl(c) && c is not ('\n' or '\t') ? $"\\u{(int)c:x4}" : c.ToString()));
    }

    private static string Of(object? value) => value switch
    {
        null => "",
        byte[] bytes => Encoding.UTF8.GetString(bytes),
        AmqpTimestamp time => DateTimeOffset.FromUnixTimeSeconds(time.UnixTime).ToString("O", CultureInfo.InvariantCulture),
        IDictionary<string, object?> table => "{" + string.Join(", ", table.Select(member => $"{member.Key}: {Of(member.Value)}")) + "}",
        IEnumerable<object?> list => "[" + string.Join(", ", list.Select(Of)) + "]",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
