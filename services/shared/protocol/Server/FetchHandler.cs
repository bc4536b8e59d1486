using Causality.Contracts.Http;
using Causality.Core;
using Causality.Protocol.Server.Limits;
using Causality.Protocol.Wire;
using Causality.Storage.Log;
using Microsoft.AspNetCore.Http;

namespace Causality.Protocol.Server;

/// <summary>Sends many segments, or some entries of each, in one answer, one frame each, in the order asked for and no faster than the peer reads.</summary>
internal static class FetchHandler
{
    public static async Task FetchAsync(HttpContext context)
    {
        var request = await RequestBody.ReadJsonAsync<FetchRequest>(context, SyncLimits.MaxRequestBytes);
        RequestValues.AtMost(request.Segments.Count + (request.Sized?.Count ?? 0) + (request.Entries?.Count ?? 0), SyncLimits.MaxFetchSegments, "segments");
        var wanted = request.Segments.Select(Read).Concat((request.Sized ?? []).Select(Read)).Concat((request.Entries ?? []).Select(Read)).ToList();
        RequestValues.AtMost(wanted.Sum(segment => segment.Entries?.Count ?? 0), SyncLimits.MaxEntryHashes, "entries");
        var storage = PeerLog.Of(context);

        // One look for all of them: a look each would cost more than sending them.
        var known = (await storage.GetSegmentMetadataAsync(wanted.ConvertAll(segment => segment.Id).ToHashSet(), context.RequestAborted)).ToDictionary(segment => segment.Id);

        context.Response.ContentType = SyncMediaTypes.Frames;
        var whole = wanted.Where(segment => segment.Entries is null).Sum(segment => known.GetValueOrDefault(segment.Id)?.SizeBytes ?? 0);
        await using var output = FrameOutput.Open(context, isSmall: whole <= FrameOutput.SmallBytes);
        foreach (var segment in wanted)
        {
            if (segment.Entries is { } entries)
                await EntriesAsync(context, output, storage, segment.Id, entries);
            else
                await SegmentAsync(context, output, storage, segment.Id, known.GetValueOrDefault(segment.Id) is { } found && segment.IsMeant(found) ? found : null);

            // Waits while the peer reads slower than we write.
            await output.FlushAsync(context.RequestAborted);
        }
    }

    private static async Task SegmentAsync(HttpContext context, FrameOutput output, ISharedLog storage, SegmentId id, SegmentMetadata? found)
    {
        await using var segment = found is null ? null : await storage.OpenSegmentAsync(found, context.RequestAborted);
        if (segment is not null && output.FrameEncoding is { } encoding && await CompressedFrame.TrySendAsync(context, output.Writer, segment, encoding))
            return;
        FrameCodec.WriteHeader(output.Writer, segment is null ? WireSegments.Gone(id) : WireSegments.Frame(segment.Metadata));
        if (segment is not null)
            await FrameSender.SendAsync(context, output, segment);
    }

    private static async Task EntriesAsync(HttpContext context, FrameOutput output, ISharedLog storage, SegmentId id, IReadOnlySet<ContentHash> entries)
    {
        var segment = await storage.ExportSegmentAsync(id, context.RequestAborted);
        var found = segment?.IndexesOf(entries) ?? [];
        FrameCodec.WriteHeader(output.Writer, found.Count == 0 ? WireSegments.Gone(id) : new FrameHeader
        {
            Id = id.Value,
            Status = FrameStatus.Ok,
            EntryCount = found.Count,
            SizeBytes = found.Sum(index => segment!.LineAt(index).Length + 1L),
        });
        foreach (var index in found)
        {
            output.Write(segment!.LineAt(index).Span);
            output.Write("\n"u8);
            ByteTally.Add(context, segment.LineAt(index).Length + 1);
        }
    }

    private static Wanted Read(WantedSegment? wanted, int index) => new(
        RequestValues.SegmentId(wanted?.Id, $"segments[{index}].id"), RequestValues.Hash(wanted?.ContentHash, $"segments[{index}].content_hash"), null, null);

    private static Wanted Read(SizedSegment? wanted, int index) => new(
        RequestValues.SegmentId(wanted?.Id, $"sized[{index}].id"), null, RequestValues.Positive(wanted?.SizeBytes ?? 0, $"sized[{index}].size_bytes"), null);

    private static Wanted Read(WantedEntries? wanted, int index) => new(
        RequestValues.SegmentId(wanted?.Id, $"entries[{index}].id"), null, null, RequestValues.Hashes(wanted?.Hashes, $"entries[{index}].hashes"));

    private sealed record Wanted(SegmentId Id, ContentHash? ContentHash, long? SizeBytes, IReadOnlySet<ContentHash>? Entries)
    {
        public bool IsMeant(SegmentMetadata found) => ContentHash is { } hash ? found.ContentHash == hash : found.SizeBytes == SizeBytes;
    }
}
