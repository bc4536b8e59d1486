namespace Causality.Core;

/// <summary>Date and time with an offset, as RFC 3339 writes it: <c>2026-01-31T09:30:00.5+01:00</c>.</summary>
/// <remarks>
/// Stricter than the RFC in two points: <c>T</c> must stand between date and time, and the leap second <c>:60</c>, which has
/// no place on the scale of milliseconds, is refused.
/// </remarks>
internal static class Rfc3339
{
    private const int SecondsEnd = 19;
    private const long MillisecondsPerMinute = 60_000;

    /// <summary>Longest text looked at, in bytes.</summary>
    public const int MaxLength = 64;

    /// <summary>Milliseconds since the Unix epoch, rounded down; negative before 1970. False when the text is no such time.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out long milliseconds)
    {
        milliseconds = 0;
        if (text.Length is <= SecondsEnd or > MaxLength || !TryReadSeconds(text, out var time) || !TryReadFraction(text[SecondsEnd..], out var fraction, out var offset))
            return false;

        if (!TryReadOffset(offset, out var minutes))
            return false;

        milliseconds = ((time.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond) + fraction - (minutes * MillisecondsPerMinute);
        return true;
    }

    private static bool TryReadSeconds(ReadOnlySpan<byte> text, out DateTime time)
    {
        time = default;
        if (text[4] != '-' || text[7] != '-' || (text[10] | 0x20) != 't' || text[13] != ':' || text[16] != ':')
            return false;

        if (!TryReadNumber(text[..4], 9999, out var year) || !TryReadNumber(text[5..7], 12, out var month) || !TryReadNumber(text[8..10], 31, out var day))
            return false;

        if (!TryReadNumber(text[11..13], 23, out var hour) || !TryReadNumber(text[14..16], 59, out var minute) || !TryReadNumber(text[17..19], 59, out var second))
            return false;

        if (year == 0 || month == 0 || day == 0 || day > DateTime.DaysInMonth(year, month))
            return false;

        time = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc);
        return true;
    }

    // Digits beyond the third are dropped, which rounds down because a fraction only ever adds.
    private static bool TryReadFraction(ReadOnlySpan<byte> text, out int milliseconds, out ReadOnlySpan<byte> rest)
    {
        milliseconds = 0;
        rest = text;
        if (text[0] != '.')
            return true;

        var digits = text[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (digits <= 0)
            return false;

        for (var index = 0; index < 3; index++)
            milliseconds = (milliseconds * 10) + (index < digits ? text[1 + index] - '0' : 0);
        rest = text[(1 + digits)..];
        return true;
    }

    private static bool TryReadOffset(ReadOnlySpan<byte> text, out int minutes)
    {
        minutes = 0;
        if (text.Length == 1)
            return (text[0] | 0x20) == 'z';

        if (text.Length != 6 || text[0] is not ((byte)'+' or (byte)'-') || text[3] != ':')
            return false;

        if (!TryReadNumber(text[1..3], 23, out var hours) || !TryReadNumber(text[4..6], 59, out var rest))
            return false;

        minutes = ((hours * 60) + rest) * (text[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool TryReadNumber(ReadOnlySpan<byte> digits, int greatest, out int number)
    {
        number = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit((char)digit))
                return false;
            number = (number * 10) + (digit - '0');
        }

        return number <= greatest;
    }
}
