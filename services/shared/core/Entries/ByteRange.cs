namespace Causality.Core;

/// <summary>A part of an entry's line. Length 0 stands for an absent member: no member that may be absent has an empty value.</summary>
internal readonly record struct ByteRange(int Start, int Length)
{
    public bool IsAbsent => Length == 0;

    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> line) => line.Slice(Start, Length);
}
