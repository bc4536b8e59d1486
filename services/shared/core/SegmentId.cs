using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Causality.Core;

/// <summary>The name of a segment, the same on every operator that holds it.</summary>
/// <remarks>Matches <c>[A-Za-z0-9][A-Za-z0-9._-]{0,127}</c>; compared by ordinal. Source: design §2 point 3.</remarks>
public readonly record struct SegmentId : IComparable<SegmentId>
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxLength = 128;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-");

    private readonly string? _value;

    /// <summary>Takes a name that is already known to be well formed, or refuses it.</summary>
    /// <exception cref="FormatException">The name does not match; the message quotes it and the rule.</exception>
    public SegmentId(string value) =>
        _value = IsValid(value) ? value : throw new FormatException($"'{Printable.Shorten(value)}' is not a segment id: use 1 to {MaxLength} characters of letters, digits, '.', '_' and '-', beginning with a letter or digit.");

    /// <summary>The name itself; empty for <c>default</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>True when <paramref name="value"/> may be such a name.</summary>
    public static bool IsValid([NotNullWhen(true)] string? value) =>
        value is { Length: > 0 and <= MaxLength } && char.IsAsciiLetterOrDigit(value[0]) && !value.AsSpan().ContainsAnyExcept(Allowed);

    /// <summary>Reads a name; false when it does not match.</summary>
    public static bool TryParse([NotNullWhen(true)] string? value, out SegmentId id)
    {
        id = IsValid(value) ? new SegmentId(value) : default;
        return id._value is not null;
    }

    /// <inheritdoc/>
    public int CompareTo(SegmentId other) => string.CompareOrdinal(Value, other.Value);

    /// <summary>The name.</summary>
    public override string ToString() => Value;

    /// <summary>Ordinal order.</summary>
    public static bool operator <(SegmentId left, SegmentId right) => left.CompareTo(right) < 0;

    /// <summary>Ordinal order.</summary>
    public static bool operator >(SegmentId left, SegmentId right) => left.CompareTo(right) > 0;

    /// <summary>Ordinal order.</summary>
    public static bool operator <=(SegmentId left, SegmentId right) => left.CompareTo(right) <= 0;

    /// <summary>Ordinal order.</summary>
    public static bool operator >=(SegmentId left, SegmentId right) => left.CompareTo(right) >= 0;
}
