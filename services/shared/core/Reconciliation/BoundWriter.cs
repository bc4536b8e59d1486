namespace Causality.Core.Reconciliation;

/// <summary>Writes the bounds of one message; see <see cref="BoundReader"/>.</summary>
public struct BoundWriter
{
    private ulong _lastTimestamp;

    /// <summary>Appends a bound, not below the last one.</summary>
    public void Write(WireWriter output, ReconciliationBound bound)
    {
        output.WriteVarint(bound.IsEnd ? 0 : bound.Timestamp - _lastTimestamp + 1);
        _lastTimestamp = bound.Timestamp;
        output.WriteVarint((ulong)bound.PrefixLength);
        Span<byte> prefix = stackalloc byte[ContentHash.LengthBytes];
        bound.Prefix.WriteTo(prefix);
        output.WriteBytes(prefix[..bound.PrefixLength]);
    }
}
