using System.Globalization;
using System.Text;

namespace Causality.Scheduler.Dashboard.Rendering;

/// <summary>How things are written on the pages. Culture-free; text of unknown origin loses what cannot be seen.</summary>
public static class Show
{
    private static readonly string[] ByteUnits = ["B", "kB", "MB", "GB", "TB"];

    /// <summary>Text of unknown origin: control characters, direction overrides and broken surrogates become visible, and it is cut.</summary>
    public static string Text(string? text, int most = 256)
    {
        if (text is null)
            return "—";
        var shown = new StringBuilder(Math.Min(text.Length, most) + 1);
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (length++ == most)
                return shown.Append('…').ToString();
            if (IsSeen(rune))
                shown.Append(rune.ToString());
            else
                shown.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}");
        }

        return shown.ToString();
    }

    /// <summary>A hash or another long id, as much as people compare.</summary>
    public static string Short(string? id, int length = 12) => id is null ? "—" : id.Length <= length ? Text(id) : Text(id, length);

    /// <summary>With separators.</summary>
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A number with its noun: <c>1 entry</c>, <c>2 entries</c>.</summary>
    /// <param name="value">How many.</param>
    /// <param name="one">The noun for one.</param>
    /// <param name="many">The noun for any other number; null for <paramref name="one"/> with an s.</param>
    public static string Count(long value, string one, string? many = null) => $"{Count(value)} {(value == 1 ? one : many ?? one + "s")}";

    /// <summary><c>1 entry</c>, <c>2 entries</c>.</summary>
    public static string Entries(long value) => Count(value, "entry", "entries");

    /// <summary><c>1 segment</c>, <c>2 segments</c>.</summary>
    public static string Segments(long value) => Count(value, "segment");

    /// <summary>In the unit that fits, powers of 1000.</summary>
    public static string Bytes(double value)
    {
        var unit = 0;
        for (; Math.Abs(value) >= 1000 && unit < ByteUnits.Length - 1; unit++)
            value /= 1000;
        return value.ToString(unit == 0 || value >= 100 ? "0" : "0.0", CultureInfo.InvariantCulture) + " " + ByteUnits[unit];
    }

    /// <summary>A rate or another figure with a fraction worth showing.</summary>
    public static string Figure(double value) => value.ToString(value is 0 or >= 100 ? "N0" : value >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture);

    /// <summary>In the two units that fit.</summary>
    public static string Duration(TimeSpan span) => span.Duration() switch
    {
        { TotalMilliseconds: < 1000 } small => $"{small.TotalMilliseconds:0} ms",
        { TotalSeconds: < 10 } small => small.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s",
        { TotalSeconds: < 60 } small => $"{(int)small.TotalSeconds} s",
        { TotalMinutes: < 60 } some => $"{(int)some.TotalMinutes} min {some.Seconds} s",
        { TotalHours: < 24 } long_ => $"{(int)long_.TotalHours} h {long_.Minutes} min",
        var days => $"{(int)days.TotalDays} d {days.Hours} h",
    };

    /// <summary>A moment, UTC, to the second.</summary>
    public static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " UTC";

    /// <summary>A moment beside another one.</summary>
    public static string Relative(DateTimeOffset at, DateTimeOffset now) => at <= now ? $"{Duration(now - at)} ago" : $"in {Duration(at - now)}";

    /// <summary>A state of the saga, in words.</summary>
    public static string State(string state) => state switch
    {
        "WaitingToRetry" => "waiting to retry",
        _ => state.ToLowerInvariant(),
    };

    /// <summary>Milliseconds since the Unix epoch as a moment.</summary>
    public static DateTimeOffset At(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private static bool IsSeen(Rune rune) => rune.Value != 0xFFFD && Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate);
}
