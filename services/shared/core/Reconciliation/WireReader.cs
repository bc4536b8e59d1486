namespace Causality.Core.Reconciliation;

/// <summary>Reads a binary message of a peer, never beyond its end; every fault names the field and the place.</summary>
/// <param name="message">Not yet trusted.</param>
public ref struct WireReader(ReadOnlySpan<byte> message)
{
    private readonly ReadOnlySpan<byte> _message = message;

    /// <summary>Bytes read so far.</summary>
    public int Position { get; private set; }

    /// <summary>Bytes left.</summary>
    public readonly int Remaining => _message.Length - Position;

    /// <summary>True when nothing is left.</summary>
    public readonly bool IsAtEnd => Remaining == 0;

    /// <summary>Reads one byte.</summary>
    /// <exception cref="ProtocolViolationException">The message ends here.</exception>
    public byte ReadByte(string field) => ReadBytes(1, field)[0];

    /// <summary>Reads some bytes.</summary>
    /// <exception cref="ProtocolViolationException">The message ends before them.</exception>
    public ReadOnlySpan<byte> ReadBytes(int count, string field)
    {
        if (count > Remaining)
            throw Fault(field, $"it needs {count} bytes and {Remaining} are left");
        var bytes = _message.Slice(Position, count);
        Position += count;
        return bytes;
    }

    /// <summary>Reads a number.</summary>
    /// <exception cref="ProtocolViolationException">It has more than 64 bits, or the message ends in it.</exception>
    public ulong ReadVarint(string field)
    {
        ulong value = 0;
        while (true)
        {
            var next = ReadByte(field);
            if (value > ulong.MaxValue >> 7)
                throw Fault(field, "the number has more than 64 bits");
            value = (value << 7) | (next & 0x7Fu);
            if ((next & 0x80) == 0)
                return value;
        }
    }

    /// <summary>Reads a number that may not be greater than <paramref name="greatest"/>.</summary>
    /// <exception cref="ProtocolViolationException">It is, or is no number.</exception>
    public long ReadNumber(string field, long greatest)
    {
        var value = ReadVarint(field);
        return greatest >= 0 && value <= (ulong)greatest ? (long)value : throw Fault(field, $"{value} is over the limit of {greatest}");
    }

    /// <summary>Reads how many elements of at least <paramref name="elementBytes"/> follow; never more than the message has room for.</summary>
    /// <exception cref="ProtocolViolationException">More than <paramref name="greatest"/>, or than can follow.</exception>
    public int ReadCount(string field, int greatest, int elementBytes)
    {
        var count = (int)ReadNumber(field, greatest);
        return (long)count * elementBytes <= Remaining ? count : throw Fault(field, $"{count} elements of {elementBytes} bytes or more do not fit into the {Remaining} bytes that are left");
    }

    /// <summary>Reads 32 bytes.</summary>
    /// <exception cref="ProtocolViolationException">The message ends before them.</exception>
    public ContentHash ReadHash(string field) => new(ReadBytes(ContentHash.LengthBytes, field));

    /// <summary>Fails unless the message ends here.</summary>
    /// <exception cref="ProtocolViolationException">It does not.</exception>
    public readonly void RequireEnd()
    {
        if (!IsAtEnd)
            throw Fault("message", $"{Remaining} bytes follow its end");
    }

    /// <summary>The error for a fault at the present place.</summary>
    public readonly ProtocolViolationException Fault(string field, string why) => new($"{field} at byte {Position}: {why}.");
}
