using Causality.Contracts;
using Causality.Contracts.Http;
using Causality.Core;

namespace Causality.Protocol.Client;

/// <summary>Frames that hold only some entries of a segment.</summary>
internal static class EntryFrames
{
    /// <summary>Hashes as a request carries them.</summary>
    public static string Join(IReadOnlyList<ContentHash> hashes)
    {
        var joined = new byte[hashes.Count * ContentHash.LengthBytes];
        for (var index = 0; index < hashes.Count; index++)
            hashes[index].WriteTo(joined.AsSpan(index * ContentHash.LengthBytes));
        return Convert.ToBase64String(joined);
    }

    /// <summary>Reads the entries and checks each against the hashes asked for.</summary>
    public static async Task<FetchedSegment> ReadAsync(PeerExchange exchange, FrameHeader header, SegmentMetadata wanted, IReadOnlyList<ContentHash> entries)
    {
        if (header.EntryCount is not { } count || count < 1 || count > entries.Count)
            throw exchange.Violation($"entry_count: {header.EntryCount} of segment {wanted.Id} is not between 1 and the {entries.Count} entries that were asked for");
        if (header.SizeBytes is not { } size || size < 1 || size > Math.Min(SegmentLimits.MaxBytes, count * (EntryLimits.MaxEntryBytes + 1L)))
            throw exchange.Violation($"size_bytes: {header.SizeBytes} of {count} entries of segment {wanted.Id} is not possible");
        if (header.Encoding is not null)
            throw exchange.Violation($"encoding: entries of segment {wanted.Id} are not compressed frame by frame");

        var content = await exchange.ReadExactlyAsync((int)size);
        try
        {
            var segment = LogSegment.Parse(wanted.Id, wanted.Origin, content);
            return segment.IndexesOf(entries.ToHashSet()).Count == segment.Count
                ? new FetchedSegment(wanted, segment, null, null, size)
                : new FetchedSegment(wanted, null, SyncReasons.ContentHashMismatch, $"Segment {wanted.Id}: the peer sent an entry whose hash is not one of those asked for.", size);
        }
        catch (SegmentInvalidException exception)
        {
            return new FetchedSegment(wanted, null, SyncReasons.SegmentInvalid, exception.Message, size);
        }
    }
}
