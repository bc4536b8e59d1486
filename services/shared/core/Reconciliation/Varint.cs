namespace Causality.Core.Reconciliation;

/// <summary>Numbers in base 128, most significant group first, the high bit on every byte but the last; up to 64 bits. Source: Negentropy Protocol V1, "Varint".</summary>
public static class Varint
{
    /// <summary>The longest form, in bytes.</summary>
    public const int MaxBytes = 10;

    /// <summary>Writes a number in its shortest form.</summary>
    /// <param name="value">Any.</param>
    /// <param name="destination">At least <see cref="MaxBytes"/> bytes, or as many as the number needs.</param>
    /// <returns>Bytes written.</returns>
    public static int Write(ulong value, Span<byte> destination)
    {
        var length = 1;
        for (var rest = value >> 7; rest != 0; rest >>= 7)
            length++;
        for (var index = length - 1; index >= 0; index--, value >>= 7)
            destination[index] = (byte)((value & 0x7F) | (index == length - 1 ? 0u : 0x80u));
        return length;
    }

    /// <summary>Maps a signed number to an unsigned one, small ones to small ones.</summary>
    public static ulong ZigZag(long value) => (ulong)((value << 1) ^ (value >> 63));

    /// <summary>The reverse of <see cref="ZigZag(long)"/>.</summary>
    public static long UnZigZag(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);
}
