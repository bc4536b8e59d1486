using System.Text;
using Causality.Core;
using Causality.Core.Reconciliation;

namespace Causality.Protocol.Reconciling;

/// <summary>Segment ids one after the other: how many characters each shares with the one before, how many follow, and those.</summary>
internal static class IdsWire
{
    /// <summary>Appends an id.</summary>
    /// <returns>Its bytes, for the next call.</returns>
    public static byte[] Write(WireWriter output, byte[] previous, SegmentId id)
    {
        var bytes = Encoding.ASCII.GetBytes(id.Value);
        var shared = previous.AsSpan().CommonPrefixLength(bytes);
        output.WriteByte((byte)shared);
        output.WriteByte((byte)(bytes.Length - shared));
        output.WriteBytes(bytes.AsSpan(shared));
        return bytes;
    }

    /// <summary>Reads an id.</summary>
    public static (byte[] Bytes, SegmentId Id) Read(ref WireReader input, byte[] previous, bool isAscending)
    {
        var (shared, rest) = (input.ReadByte("id"), input.ReadByte("id"));
        if (shared > previous.Length || shared + rest > SegmentId.MaxLength)
            throw input.Fault("id", $"{shared} characters of the id before it and {rest} more; it had {previous.Length}, and an id has at most {SegmentId.MaxLength}");

        byte[] bytes = [.. previous.AsSpan(0, shared), .. input.ReadBytes(rest, "id")];
        var text = Encoding.ASCII.GetString(bytes);
        if (!SegmentId.TryParse(text, out var id))
            throw input.Fault("id", $"'{Printable.Shorten(text)}' is not a segment id");
        if (isAscending && previous.AsSpan().SequenceCompareTo(bytes) >= 0)
            throw input.Fault("id", $"'{id}' does not ascend from the id before it");
        return (bytes, id);
    }
}
