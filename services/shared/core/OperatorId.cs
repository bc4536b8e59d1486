using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Causality.Core;

/// <summary>The name of an operator: of ourselves, of a peer, and of the origin of a segment.</summary>
/// <remarks>Matches <c>[a-z0-9][a-z0-9-]{0,62}</c>; compared by ordinal. Source: design §1.</remarks>
public readonly record struct OperatorId : IComparable<OperatorId>
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxLength = 63;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    private readonly string? _value;

    /// <summary>Takes a name that is already known to be well formed, or refuses it.</summary>
    /// <exception cref="FormatException">The name does not match; the message quotes it and the rule.</exception>
    public OperatorId(string value) =>
        _value = IsValid(value) ? value : throw new FormatException($"'{Printable.Shorten(value)}' is not an operator id: use 1 to {MaxLength} characters of lower-case letters, digits and '-', beginning with a letter or digit.");

    /// <summary>The name itself; empty for <c>default</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>True when <paramref name="value"/> may be such a name.</summary>
    public static bool IsValid([NotNullWhen(true)] string? value) =>
        value is { Length: > 0 and <= MaxLength } && (char.IsAsciiLetterLower(value[0]) || char.IsAsciiDigit(value[0])) && !value.AsSpan().ContainsAnyExcept(Allowed);

    /// <summary>Reads a name; false when it does not match.</summary>
    public static bool TryParse([NotNullWhen(true)] string? value, out OperatorId id)
    {
        id = IsValid(value) ? new OperatorId(value) : default;
        return id._value is not null;
    }

    /// <inheritdoc/>
    public int CompareTo(OperatorId other) => string.CompareOrdinal(Value, other.Value);

    /// <summary>The name.</summary>
    public override string ToString() => Value;

    /// <summary>Ordinal order.</summary>
    public static bool operator <(OperatorId left, OperatorId right) => left.CompareTo(right) < 0;

    /// <summary>Ordinal order.</summary>
    public static bool operator >(OperatorId left, OperatorId right) => left.CompareTo(right) > 0;

    /// <summary>Ordinal order.</summary>
    public static bool operator <=(OperatorId left, OperatorId right) => left.CompareTo(right) <= 0;

    /// <summary>Ordinal order.</summary>
    public static bool operator >=(OperatorId left, OperatorId right) => left.CompareTo(right) >= 0;
}
