using System.Text.Json;

namespace Causality.Core;

/// <summary>The rules of each member's value. Every method starts on the value's first token and ends on its last.</summary>
internal static class EntryValues
{
    /// <summary>An id: 1 to 256 bytes without control characters.</summary>
    public static ByteRange ReadName(ref JsonCursor cursor)
    {
        if (cursor.Token != JsonTokenType.String)
            throw cursor.Fault("must be a string.");

        // The shortest text of the longest raw form: every byte written as \u00xx.
        if (cursor.Raw.Length > 6 * EntryLimits.MaxIdBytes)
            throw TooLong(cursor);

        Span<byte> buffer = stackalloc byte[6 * EntryLimits.MaxIdBytes];
        var text = cursor.IsEscaped ? JsonEscapes.Decode(cursor.Raw, buffer) : cursor.Raw;
        if (text.IsEmpty)
            throw cursor.Fault($"must not be empty; use 1 to {EntryLimits.MaxIdBytes} bytes.");
        if (text.Length > EntryLimits.MaxIdBytes)
            throw TooLong(cursor);
        if (HasControlCharacter(text))
            throw cursor.Fault("must not hold control characters.");

        return new ByteRange(cursor.TokenStart + 1, cursor.Raw.Length);
    }

    /// <summary>The same, or null for absent.</summary>
    public static ByteRange ReadOptionalName(ref JsonCursor cursor) => IsAbsent(ref cursor) ? default : ReadName(ref cursor);

    /// <summary>Integer milliseconds, or RFC 3339 text.</summary>
    public static long ReadTimestamp(ref JsonCursor cursor)
    {
        var timestamp = cursor.Token switch
        {
            JsonTokenType.Number => ReadMilliseconds(cursor),
            JsonTokenType.String => ReadTime(ref cursor),
            _ => throw cursor.Fault("must be an integer (milliseconds since the Unix epoch) or RFC 3339 text."),
        };
        return timestamp is >= 0 and <= EntryLimits.MaxTimestamp ? timestamp : throw OutOfRange(cursor);
    }

    /// <summary>One of three spellings.</summary>
    public static EntryType ReadEntryType(ref JsonCursor cursor)
    {
        Span<byte> buffer = stackalloc byte[64];
        var isShort = cursor.Token == JsonTokenType.String && cursor.Raw.Length <= buffer.Length;
        var spelling = isShort && cursor.IsEscaped ? JsonEscapes.Decode(cursor.Raw, buffer) : cursor.Raw;
        if (!isShort || !EntryMembers.TryFind(spelling, out EntryType entryType))
            throw cursor.Fault("must be \"effect\", \"fact\" or \"event\".");

        // An escape that is needless here is Reducible, so the cursor has noticed it.
        return entryType;
    }

    /// <summary>Any JSON value.</summary>
    public static ByteRange ReadData(ref JsonCursor cursor)
    {
        var start = cursor.TokenStart;
        cursor.FinishValue();
        return new ByteRange(start, cursor.End - start);
    }

    /// <summary>An object of at most 64 strings; null or empty for absent.</summary>
    public static ByteRange ReadMetadata(ref JsonCursor cursor)
    {
        if (IsAbsent(ref cursor))
            return default;
        if (cursor.Token != JsonTokenType.StartObject)
            throw cursor.Fault("must be an object of strings.");

        var start = cursor.TokenStart;
        var previous = ReadOnlySpan<byte>.Empty;
        var pairs = 0;
        for (; cursor.Next() == JsonTokenType.PropertyName; pairs++)
        {
            if (pairs == EntryLimits.MaxMetadataPairs)
                throw cursor.Fault($"has more than {EntryLimits.MaxMetadataPairs} pairs; put the rest into data.");

            cursor.NoticeOrder(pairs == 0, previous);
            previous = cursor.Raw;
            if (cursor.Next() != JsonTokenType.String)
                throw new InvalidEntryException($"metadata.{Printable.Shorten(JsonEscapes.ToText(previous))}", "must be a string.");
        }

        if (pairs > 0)
            return new ByteRange(start, cursor.End - start);

        cursor.IsCanonical = false;
        return default;
    }

    private static bool IsAbsent(ref JsonCursor cursor)
    {
        if (cursor.Token != JsonTokenType.Null)
            return false;

        cursor.IsCanonical = false;
        return true;
    }

    private static long ReadMilliseconds(in JsonCursor cursor)
    {
        var digits = cursor.Raw;
        if (digits.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            throw digits[0] == '-' ? OutOfRange(cursor) : cursor.Fault("must be an integer, without fraction or exponent.");

        return long.TryParse(digits, System.Globalization.CultureInfo.InvariantCulture, out var value) ? value : throw OutOfRange(cursor);
    }

    private static long ReadTime(ref JsonCursor cursor)
    {
        cursor.IsCanonical = false;
        Span<byte> buffer = stackalloc byte[6 * Rfc3339.MaxLength];
        var isShort = cursor.Raw.Length <= buffer.Length;
        if (!isShort || !Rfc3339.TryParse(JsonEscapes.Decode(cursor.Raw, buffer), out var time))
            throw cursor.Fault("is not an RFC 3339 time with an offset, such as \"2026-01-31T09:30:00Z\".");

        return time;
    }

    // C0 can only come from escapes here, DEL and C1 also raw: 0x7F, and 0xC2 followed by 0x80 to 0x9F.
    private static bool HasControlCharacter(ReadOnlySpan<byte> text)
    {
        if (text.ContainsAnyInRange((byte)0, (byte)0x1F) || text.Contains((byte)0x7F))
            return true;

        for (var at = text.IndexOf((byte)0xC2); at >= 0; at = text.IndexOf((byte)0xC2))
        {
            if (text[at + 1] < 0xA0)
                return true;
            text = text[(at + 1)..];
        }

        return false;
    }

    private static InvalidEntryException TooLong(in JsonCursor cursor) => cursor.Fault($"is longer than {EntryLimits.MaxIdBytes} UTF-8 bytes.");

    private static InvalidEntryException OutOfRange(in JsonCursor cursor) =>
        cursor.Fault($"is out of range: 0 to {EntryLimits.MaxTimestamp} milliseconds, which is 1970 to 9999.");
}
