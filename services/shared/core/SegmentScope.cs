namespace Causality.Core;

/// <summary>A part of a log: all segments, or those whose ids begin with one of some prefixes. What an operator shares with a peer.</summary>
/// <remarks>Compared by what it covers: prefixes are kept ascending, and one that another covers is left out.</remarks>
public sealed class SegmentScope : IEquatable<SegmentScope>
{
    /// <summary>Most prefixes of one scope.</summary>
    public const int MaxPrefixes = 16;

    private readonly string[]? _prefixes;

    private SegmentScope(string[]? prefixes) => _prefixes = prefixes;

    /// <summary>The whole log.</summary>
    public static SegmentScope Everything { get; } = new(null);

    /// <summary>No segment at all: what two scopes with nothing in common share.</summary>
    public static SegmentScope Nothing { get; } = new([]);

    /// <summary>The prefixes, ascending by character code, none covered by another; null for the whole log.</summary>
    public IReadOnlyList<string>? Prefixes => _prefixes;

    /// <summary>True for the whole log.</summary>
    public bool IsEverything => _prefixes is null;

    /// <summary>The segments whose ids begin with one of some prefixes.</summary>
    /// <param name="prefixes">Any order, doubles allowed; null for the whole log; none for no segment.</param>
    /// <exception cref="FormatException">Too many, or one that no segment id begins with; the message quotes it and the rule.</exception>
    public static SegmentScope Of(IReadOnlyCollection<string>? prefixes)
    {
        if (prefixes is null)
            return Everything;
        if (prefixes.Count > MaxPrefixes)
            throw new FormatException($"{prefixes.Count} prefixes are too many: a scope has at most {MaxPrefixes}.");
        if (prefixes.Where(prefix => !SegmentId.IsValid(prefix)).Take(1).ToList() is [var strange]) // Which may be null: prefixes come from peers.
            throw new FormatException($"'{Printable.Shorten(strange)}' begins no segment id: use 1 to {SegmentId.MaxLength} letters, digits, '.', '_' and '-', beginning with a letter or digit.");
        return Covering(prefixes);
    }

    /// <summary>Reads prefixes as rows hold them.</summary>
    /// <param name="text">Prefixes separated by commas; null for the whole log.</param>
    public static SegmentScope Parse(string? text) => Of(text?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    /// <summary>True when a segment is in it.</summary>
    public bool Contains(SegmentId id) => _prefixes is null || Array.Exists(_prefixes, prefix => id.Value.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>What is in both.</summary>
    public SegmentScope Intersect(SegmentScope other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (_prefixes is null)
            return other;
        return other._prefixes is null ? this : Covering([.. _prefixes.Where(other.Covers), .. other._prefixes.Where(Covers)]);
    }

    /// <summary>The greatest possible id before every id that begins with a prefix, so that "greater than it" begins a walk through them.</summary>
    /// <param name="prefix">Valid.</param>
    /// <returns>Null when there is none: the walk begins with the log.</returns>
    public static SegmentId? LastBefore(string prefix)
    {
        ArgumentException.ThrowIfNullOrEmpty(prefix);
        const string inOrder = "-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
        var (before, place) = (prefix[..^1], inOrder.IndexOf(prefix[^1], StringComparison.Ordinal));
        if (before.Length == 0 && (place == 0 || !char.IsAsciiLetterOrDigit(inOrder[place - 1])))
            place = inOrder.AsSpan(0, place).LastIndexOfAnyInRange('0', 'Z') + 1; // No id begins with a mark.
        if (place > 0)
            return new SegmentId((before + inOrder[place - 1]).PadRight(SegmentId.MaxLength, 'z'));
        return before.Length == 0 ? null : new SegmentId(before);
    }

    /// <inheritdoc/>
    public bool Equals(SegmentScope? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SegmentScope);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(ToString());

    /// <summary>The prefixes separated by commas; <c>*</c>, which begins no id, for the whole log.</summary>
    public override string ToString() => _prefixes is null ? "*" : string.Join(',', _prefixes);

    private bool Covers(string prefix) => Array.Exists(_prefixes!, own => prefix.StartsWith(own, StringComparison.Ordinal));

    private static SegmentScope Covering(IEnumerable<string> prefixes)
    {
        var kept = new List<string>();
        foreach (var prefix in prefixes.Order(StringComparer.Ordinal))
        {
            // In this order whatever covers it stands before it, and next to it among the kept ones.
            if (kept.Count == 0 || !prefix.StartsWith(kept[^1], StringComparison.Ordinal))
                kept.Add(prefix);
        }

        return kept.Count == 0 ? Nothing : new SegmentScope([.. kept]);
    }
}
