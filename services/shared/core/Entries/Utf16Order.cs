namespace Causality.Core;

/// <summary>The order of member names in canonical JSON: by UTF-16 code units, computed on UTF-8 without decoding.</summary>
/// <remarks>
/// RFC 8785 §3.2.3. It equals byte order except that characters above U+FFFF, which UTF-16 writes as surrogates
/// (U+D800 to U+DFFF), come before U+E000 to U+FFFF.
/// </remarks>
internal static class Utf16Order
{
    private const byte FirstLeadAboveSurrogates = 0xEE;
    private const byte FirstLeadOfSupplementary = 0xF0;

    /// <summary>Negative, zero or positive, for valid UTF-8.</summary>
    public static int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var common = left.CommonPrefixLength(right);
        if (common == left.Length || common == right.Length)
            return left.Length - right.Length;

        // The common prefix puts both sides at the same byte of a character, so two unequal bytes from 0xEE up are both lead bytes.
        var (x, y) = (left[common], right[common]);
        var bothHigh = x >= FirstLeadAboveSurrogates && y >= FirstLeadAboveSurrogates;
        if (bothHigh && x >= FirstLeadOfSupplementary != y >= FirstLeadOfSupplementary)
            return y - x;

        return x - y;
    }
}
