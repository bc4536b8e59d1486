using System.Globalization;
using System.Text;

namespace Causality.Core;

/// <summary>Makes text of unknown origin fit for a message or a log line.</summary>
public static class Printable
{
    private const int EscapeLength = 6;

    /// <summary>The text with control characters escaped, cut to <paramref name="maxLength"/> characters, escapes counted as written, with an ellipsis.</summary>
    /// <param name="text">Any text, hostile text included; null reads as "(none)".</param>
    /// <param name="maxLength">Characters kept; default 64.</param>
    public static string Shorten(string? text, int maxLength = 64)
    {
        if (text is null)
            return "(none)";

        var shown = new StringBuilder(Math.Min(text.Length, maxLength) + 1);
        foreach (var character in text)
        {
            var isEscaped = char.IsControl(character) || char.IsSurrogate(character) || char.GetUnicodeCategory(character) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
            if (shown.Length + (isEscaped ? EscapeLength : 1) > maxLength)
                return shown.Append('…').ToString();
            if (isEscaped)
                shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            else
                shown.Append(character);
        }

        return shown.ToString();
    }
}
