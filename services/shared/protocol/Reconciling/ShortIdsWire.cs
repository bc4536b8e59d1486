using System.Buffers.Binary;
using Causality.Core.Reconciliation;

namespace Causality.Protocol.Reconciling;

/// <summary>Short ids on the wire: 8 bytes each, little-endian.</summary>
internal static class ShortIdsWire
{
    public static void Write(WireWriter output, IEnumerable<ulong> shortIds)
    {
        foreach (var id in shortIds)
            BinaryPrimitives.WriteUInt64LittleEndian(output.Take(sizeof(ulong)), id);
    }

    public static List<ulong> Read(ref WireReader input, int count)
    {
        var shortIds = new List<ulong>(count);
        for (; count > 0; count--)
            shortIds.Add(BinaryPrimitives.ReadUInt64LittleEndian(input.ReadBytes(sizeof(ulong), "ids")));
        return shortIds;
    }
}
