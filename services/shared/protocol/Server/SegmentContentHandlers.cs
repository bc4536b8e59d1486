using System.Buffers;
using System.Globalization;
using Causality.Contracts.Http;
using Causality.Core;
using Causality.Protocol.Server.Limits;
using Causality.Protocol.Server.Problems;
using Causality.Protocol.Wire;
using Microsoft.AspNetCore.Http;

namespace Causality.Protocol.Server;

/// <summary>Routes that send one segment, or entries of it.</summary>
internal static class SegmentContentHandlers
{
    public static async Task SegmentAsync(HttpContext context)
    {
        var id = RequestValues.SegmentId(context.Request.RouteValues["id"] as string, "id");
        await using var segment = await PeerLog.Of(context).OpenSegmentAsync(id, null, context.RequestAborted) ?? throw SegmentNotFound(id);
        var headers = context.Response.Headers;
        headers.ETag = $"\"{segment.Metadata.ContentHash}\"";
        headers[SyncHeaders.Origin] = segment.Metadata.Origin.Value;
        headers[SyncHeaders.StartTimestamp] = Text(segment.Metadata.StartTimestamp);
        headers[SyncHeaders.EndTimestamp] = Text(segment.Metadata.EndTimestamp);
        headers[SyncHeaders.EntryCount] = Text(segment.Metadata.EntryCount);
        context.Response.ContentType = SyncMediaTypes.Segment;
        context.Response.ContentLength = segment.Metadata.SizeBytes;
        await segment.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        Count(segment.Metadata);
    }

    public static async Task EntriesAsync(HttpContext context)
    {
        var id = RequestValues.SegmentId(context.Request.RouteValues["id"] as string, "id");
        var request = await RequestBody.ReadJsonAsync<EntriesRequest>(context, SyncLimits.MaxRequestBytes);
        RequestValues.AtMost(request.EntryHashes.Count, SyncLimits.MaxEntryHashes, "entry_hashes");
        var wanted = request.EntryHashes.Select((hash, index) => RequestValues.Hash(hash, $"entry_hashes[{index}]")).ToHashSet();
        var segment = await PeerLog.Of(context).ExportSegmentAsync(id, context.RequestAborted) ?? throw SegmentNotFound(id);

        context.Response.ContentType = SyncMediaTypes.Lines;
        foreach (var index in segment.IndexesOf(wanted))
        {
            context.Response.BodyWriter.Write(segment.LineAt(index).Span);
            context.Response.BodyWriter.Write("\n"u8);
            ByteTally.Add(context, segment.LineAt(index).Length + 1);
            if (context.Response.BodyWriter is { CanGetUnflushedBytes: true, UnflushedBytes: > FrameCodec.ChunkBytes })
                await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        }
    }

    public static void Count(SegmentMetadata sent)
    {
        ServerMetrics.SegmentsSent.Add(1);
        ServerMetrics.SegmentBytesSent.Add(sent.SizeBytes);
    }

    public static RequestProblemException SegmentNotFound(SegmentId id) =>
        new RequestProblemException(StatusCodes.Status404NotFound, ProblemTypes.SegmentNotFound, $"There is no segment '{id}' here.").With("id", id.Value);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
