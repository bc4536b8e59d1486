using Causality.Contracts.Http;
using Causality.Core;
using Causality.Core.Reconciliation;

namespace Causality.Protocol.Reconciling;

/// <summary>The segments of a request about entries, ascending by id: their places, from 0, name them in keys and answers.</summary>
internal static class NamedContentsWire
{
    private const int MinBytes = 3 + sizeof(ulong);

    public static void Write(WireWriter output, IReadOnlyList<NamedContent> segments)
    {
        var id = Array.Empty<byte>();
        output.WriteVarint((ulong)segments.Count);
        foreach (var segment in segments)
        {
            id = IdsWire.Write(output, id, segment.Id);
            ShortIdsWire.Write(output, [segment.HashPrefix]);
        }
    }

    public static List<NamedContent> Read(ref WireReader input)
    {
        var (segments, id) = (new List<NamedContent>(), Array.Empty<byte>());
        for (var left = input.ReadCount("segments", SyncLimits.MaxReconciledSegments, MinBytes); left > 0; left--)
        {
            (id, var name) = IdsWire.Read(ref input, id, isAscending: true);
            segments.Add(new NamedContent(name, ShortIdsWire.Read(ref input, 1)[0]));
        }

        return segments;
    }
}
