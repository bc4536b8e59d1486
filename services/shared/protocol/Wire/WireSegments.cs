using Causality.Contracts.Http;
using Causality.Core;

namespace Causality.Protocol.Wire;

/// <summary>Segment metadata between the domain and the wire.</summary>
internal static class WireSegments
{
    public static SegmentDescription Describe(SegmentMetadata metadata) => new()
    {
        Id = metadata.Id.Value,
        Origin = metadata.Origin.Value,
        StartTimestamp = metadata.StartTimestamp,
        EndTimestamp = metadata.EndTimestamp,
        EntryCount = metadata.EntryCount,
        ContentHash = metadata.ContentHash.ToString(),
        SizeBytes = metadata.SizeBytes,
    };

    public static FrameHeader Frame(SegmentMetadata metadata) => new()
    {
        Id = metadata.Id.Value,
        Status = FrameStatus.Ok,
        Origin = metadata.Origin.Value,
        StartTimestamp = metadata.StartTimestamp,
        EndTimestamp = metadata.EndTimestamp,
        EntryCount = metadata.EntryCount,
        ContentHash = metadata.ContentHash.ToString(),
        SizeBytes = metadata.SizeBytes,
    };

    public static FrameHeader Gone(SegmentId id) => new() { Id = id.Value, Status = FrameStatus.Gone };

    /// <summary>Checks what a peer says of a segment.</summary>
    /// <param name="described">Not yet trusted; null elements of a list included.</param>
    /// <param name="field">Where it stands in the answer, for the message.</param>
    /// <exception cref="ProtocolViolationException">Names the field and what it may hold.</exception>
    public static SegmentMetadata Read(SegmentDescription? described, string field)
    {
        if (described is null)
            throw new ProtocolViolationException($"{field}: null where segment metadata is expected.");
        if (!SegmentId.TryParse(described.Id, out var id))
            throw new ProtocolViolationException($"{field}.id: '{Printable.Shorten(described.Id)}' is not a segment id.");
        if (!OperatorId.TryParse(described.Origin, out var origin))
            throw new ProtocolViolationException($"{field}.origin: '{Printable.Shorten(described.Origin)}' of segment {id} is not an operator id.");
        if (!ContentHash.TryParse(described.ContentHash, out var hash))
            throw new ProtocolViolationException($"{field}.content_hash: '{Printable.Shorten(described.ContentHash)}' of segment {id} is not 64 hex digits.");

        InRange(described.StartTimestamp, 0, EntryLimits.MaxTimestamp, id, $"{field}.start_timestamp");
        InRange(described.EndTimestamp, described.StartTimestamp, EntryLimits.MaxTimestamp, id, $"{field}.end_timestamp");
        InRange(described.EntryCount, 1, long.MaxValue, id, $"{field}.entry_count");
        InRange(described.SizeBytes, 1, long.MaxValue, id, $"{field}.size_bytes");
        return new SegmentMetadata
        {
            Id = id,
            Origin = origin,
            StartTimestamp = described.StartTimestamp,
            EndTimestamp = described.EndTimestamp,
            EntryCount = described.EntryCount,
            ContentHash = hash,
            SizeBytes = described.SizeBytes,
        };
    }

    /// <summary>Checks a list of segments: every element, and strictly ascending by id.</summary>
    public static List<SegmentMetadata> ReadAscending(IReadOnlyList<SegmentDescription> described, SegmentId? after, string field)
    {
        var list = new List<SegmentMetadata>(described.Count);
        var last = after;
        for (var index = 0; index < described.Count; index++)
        {
            var metadata = Read(described[index], $"{field}[{index}]");
            if (last is { } before && metadata.Id <= before)
                throw new ProtocolViolationException($"{field}[{index}].id: '{metadata.Id}' follows '{before}'; the list must be strictly ascending.");
            last = metadata.Id;
            list.Add(metadata);
        }

        return list;
    }

    private static void InRange(long value, long smallest, long greatest, SegmentId id, string field)
    {
        if (value < smallest || value > greatest)
            throw new ProtocolViolationException($"{field}: {value} of segment {id} is not between {smallest} and {greatest}.");
    }
}
