using System.Buffers.Binary;
using Causality.Core.Reconciliation;

namespace Causality.Protocol.Reconciling;

/// <summary>Short ids on the wire: 8 bytes each, little-endian, or fewer where it does no harm when a stranger is taken for one of them.</summary>
internal static class ShortIdsWire
{
    public static void Write(WireWriter output, IEnumerable<ulong> shortIds, int bytesEach = sizeof(ulong))
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        foreach (var id in shortIds)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, id);
            output.WriteBytes(bytes[..bytesEach]);
        }
    }

    public static List<ulong> Read(ref WireReader input, int count, int bytesEach = sizeof(ulong))
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        bytes.Clear();
        var shortIds = new List<ulong>(count);
        for (; count > 0; count--)
        {
            input.ReadBytes(bytesEach, "ids").CopyTo(bytes);
            shortIds.Add(BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        return shortIds;
    }
}
