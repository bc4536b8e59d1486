using System.Buffers;

namespace Causality.Core;

/// <summary>The output of <see cref="CanonicalWriter"/>: a rented buffer that never has to grow, and a second one to move text through.</summary>
internal struct CanonicalText(int capacity)
{
    private readonly byte[] _output = ArrayPool<byte>.Shared.Rent(capacity);
    private readonly byte[] _scratch = ArrayPool<byte>.Shared.Rent(capacity);

    public int Length { get; private set; }

    public readonly ReadOnlySpan<byte> Written => _output.AsSpan(0, Length);

    public void Append(byte character) => _output[Length++] = character;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_output.AsSpan(Length));
        Length += bytes.Length;
    }

    public void Append(long number)
    {
        number.TryFormat(_output.AsSpan(Length), out var digits, provider: System.Globalization.CultureInfo.InvariantCulture);
        Length += digits;
    }

    /// <summary>Appends what stands between quotes, with the fewest escapes.</summary>
    public void AppendText(ReadOnlySpan<byte> raw, bool isEscaped)
    {
        if (!isEscaped)
        {
            Append(raw);
            return;
        }

        foreach (var character in JsonEscapes.Decode(raw, _scratch))
            Length += JsonEscapes.Write(character, _output.AsSpan(Length));
    }

    public void AppendQuoted(ReadOnlySpan<byte> raw, bool isEscaped)
    {
        Append((byte)'"');
        AppendText(raw, isEscaped);
        Append((byte)'"');
    }

    /// <summary>Puts the members that fill the output from <paramref name="start"/> on into the order given.</summary>
    public readonly void Rearrange(int start, ReadOnlySpan<MemberRange> members)
    {
        var before = _scratch.AsSpan(0, Length - start);
        _output.AsSpan(start, before.Length).CopyTo(before);
        var at = start;
        foreach (var member in members)
        {
            if (at > start)
                _output[at++] = (byte)',';
            before.Slice(member.Text.Start - start, member.Text.Length).CopyTo(_output.AsSpan(at));
            at += member.Text.Length;
        }
    }

    public readonly void Return()
    {
        ArrayPool<byte>.Shared.Return(_output);
        ArrayPool<byte>.Shared.Return(_scratch);
    }
}
