namespace Causality.Core.Reconciliation;

/// <summary>Reads the bounds of one message: timestamps are differences to the one before, so the reader has a memory.</summary>
public struct BoundReader
{
    private ReconciliationBound _last;

    /// <summary>The next bound.</summary>
    /// <exception cref="ProtocolViolationException">It stands before the last one, is beyond 64 bits, or has more than 32 bytes of an id.</exception>
    public ReconciliationBound Read(ref WireReader input)
    {
        var timestamp = ReadTimestamp(ref input);
        var length = (int)input.ReadNumber("bound.id_length", ContentHash.LengthBytes);
        var bound = new ReconciliationBound(timestamp, input.ReadBytes(length, "bound.id_prefix"));
        if (bound < _last)
            throw input.Fault("bound", "it stands before the bound of the range before it; ranges ascend");
        return _last = bound;
    }

    private readonly ulong ReadTimestamp(ref WireReader input)
    {
        var encoded = input.ReadVarint("bound.timestamp");
        if (encoded == 0 || _last.IsEnd)
            return ulong.MaxValue;

        var timestamp = unchecked(_last.Timestamp + (encoded - 1));
        return timestamp >= _last.Timestamp ? timestamp : throw input.Fault("bound.timestamp", "the sum of the differences has more than 64 bits");
    }
}
