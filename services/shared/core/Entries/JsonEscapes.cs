using System.Text;

namespace Causality.Core;

/// <summary>Escapes of JSON strings, read as any writer may write them and written as RFC 8785 §3.2.2.2 asks.</summary>
/// <remarks>Inputs are the bytes between the quotes, whose grammar the JSON reader has checked.</remarks>
internal static class JsonEscapes
{
    private const int UnitLength = 6;

    /// <summary>Checks the pairing of surrogates and whether the text is already as short as can be.</summary>
    public static EscapeForm Inspect(ReadOnlySpan<byte> raw)
    {
        var form = EscapeForm.Minimal;
        for (var at = raw.IndexOf((byte)'\\'); at >= 0; at = raw.IndexOf((byte)'\\'))
        {
            var escape = raw[at..];
            var read = ReadEscape(escape, out var rune, out var length);
            if (!read)
                return EscapeForm.LoneSurrogate;

            if (!IsMinimal(escape[..length], rune))
                form = EscapeForm.Reducible;
            raw = escape[length..];
        }

        return form;
    }

    /// <summary>Writes the text without escapes, which is never longer.</summary>
    /// <returns>The part of <paramref name="destination"/> that was written.</returns>
    public static Span<byte> Decode(ReadOnlySpan<byte> raw, Span<byte> destination)
    {
        var written = 0;
        for (var at = raw.IndexOf((byte)'\\'); at >= 0; at = raw.IndexOf((byte)'\\'))
        {
            raw[..at].CopyTo(destination[written..]);
            ReadEscape(raw[at..], out var rune, out var length);
            written += at + rune.EncodeToUtf8(destination[(written + at)..]);
            raw = raw[(at + length)..];
        }

        raw.CopyTo(destination[written..]);
        return destination[..(written + raw.Length)];
    }

    /// <summary>The text of a checked string as a .NET string.</summary>
    public static string ToText(ReadOnlySpan<byte> raw)
    {
        if (!raw.Contains((byte)'\\'))
            return Encoding.UTF8.GetString(raw);

        Span<byte> decoded = raw.Length <= 1024 ? stackalloc byte[raw.Length] : new byte[raw.Length];
        return Encoding.UTF8.GetString(Decode(raw, decoded));
    }

    /// <summary>The escape of one character, or its bytes if it needs none; at most six bytes.</summary>
    /// <returns>Number of bytes written.</returns>
    public static int Write(byte character, Span<byte> destination)
    {
        var shortForm = ShortFormOf(character);
        if (shortForm == 0 && character >= 0x20)
        {
            destination[0] = character;
            return 1;
        }

        destination[0] = (byte)'\\';
        if (shortForm != 0)
        {
            destination[1] = shortForm;
            return 2;
        }

        "u00"u8.CopyTo(destination[1..]);
        destination[4] = (byte)('0' + (character >> 4));
        destination[5] = "0123456789abcdef"u8[character & 0xF];
        return UnitLength;
    }

    private static byte ShortFormOf(int character) => character switch
    {
        '"' => (byte)'"',
        '\\' => (byte)'\\',
        '\b' => (byte)'b',
        '\t' => (byte)'t',
        '\n' => (byte)'n',
        '\f' => (byte)'f',
        '\r' => (byte)'r',
        _ => 0,
    };

    private static bool IsMinimal(ReadOnlySpan<byte> escape, Rune rune)
    {
        if (!rune.IsAscii)
            return false;

        Span<byte> minimal = stackalloc byte[UnitLength];
        return escape.SequenceEqual(minimal[..Write((byte)rune.Value, minimal)]);
    }

    /// <summary>Reads the escape at the start; false for half a surrogate pair.</summary>
    private static bool ReadEscape(ReadOnlySpan<byte> escape, out Rune rune, out int length)
    {
        length = 2;
        rune = default;
        if (escape[1] != (byte)'u')
            return Rune.TryCreate(CharacterOf(escape[1]), out rune);

        length = UnitLength;
        var unit = UnitAt(escape);
        if (!char.IsSurrogate(unit))
            return Rune.TryCreate(unit, out rune);

        var rest = escape[UnitLength..];
        if (rest.Length < UnitLength || rest[0] != (byte)'\\' || rest[1] != (byte)'u')
            return false;

        length = 2 * UnitLength;
        return Rune.TryCreate(unit, UnitAt(rest), out rune);
    }

    private static char CharacterOf(byte letter) => letter switch
    {
        (byte)'b' => '\b',
        (byte)'t' => '\t',
        (byte)'n' => '\n',
        (byte)'f' => '\f',
        (byte)'r' => '\r',
        _ => (char)letter,
    };

    private static char UnitAt(ReadOnlySpan<byte> escape)
    {
        var unit = 0;
        foreach (var digit in escape.Slice(2, 4))
            unit = (unit << 4) | (digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
        return (char)unit;
    }
}
