using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Causality.Core;

/// <content>The signs of which a line is made: strings, numbers, and what is expected literally.</content>
internal ref partial struct CanonicalScan
{
    private const int MaxNumberLength = 300;

    private static readonly SearchValues<byte> Special = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(code => (byte)code), (byte)'"', (byte)'\\']);

    /// <summary>The rest of a string after its opening quote, with the shortest escapes only.</summary>
    private bool TrySkipText()
    {
        while (FindSpecial() == '\\')
        {
            _at++;
            if (!"\"\\bfnrt"u8.Contains(Next))
                return false;
            _at++;
        }

        return Skip((byte)'"');
    }

    private bool TrySkipNumber()
    {
        var from = _at;
        Skip((byte)'-');
        var digits = _at;
        SkipDigits();
        if (_at == digits || (_content[digits] == '0' && _at > digits + 1))
            return false;

        if (Skip((byte)'.'))
        {
            var fraction = _at;
            SkipDigits();
            if (_at == fraction)
                return false;
        }

        // An exponent is left to the reader, as what follows is no end of a value.
        return _at - from <= MaxNumberLength;
    }

    private void SkipDigits()
    {
        while (IsDigit(Next))
            _at++;
    }

    /// <summary>Moves to the next quote, backslash or control character, and says which; to the end of the content, and 0, when there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte FindSpecial()
    {
        // Most strings are shorter than a register; a call of the library for each would take longer than all the rest.
        while (Vector256.IsHardwareAccelerated && _content.Length - _at >= Vector256<byte>.Count)
        {
            var bytes = Vector256.Create(_content.Slice(_at, Vector256<byte>.Count));
            var found = Vector256.Equals(bytes, Vector256.Create((byte)'"')) | Vector256.Equals(bytes, Vector256.Create((byte)'\\')) | Vector256.LessThan(bytes, Vector256.Create((byte)' '));
            var bits = found.ExtractMostSignificantBits();
            if (bits != 0)
            {
                _at += BitOperations.TrailingZeroCount(bits);
                return _content[_at];
            }

            _at += Vector256<byte>.Count;
        }

        var rest = _content[_at..].IndexOfAny(Special);
        _at = rest < 0 ? _content.Length : _at + rest;
        return Next;
    }

    /// <summary>The next byte; 0 at the end, which no rule takes.</summary>
    private readonly byte Next => (uint)_at < (uint)_content.Length ? _content[_at] : (byte)0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Skip(byte expected)
    {
        if (Next != expected)
            return false;
        _at++;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Skip(ReadOnlySpan<byte> expected)
    {
        if ((uint)_at > (uint)_content.Length || !_content[_at..].StartsWith(expected))
            return false;
        _at += expected.Length;
        return true;
    }

    private static bool IsDigit(byte character) => (uint)(character - '0') <= 9;
}
