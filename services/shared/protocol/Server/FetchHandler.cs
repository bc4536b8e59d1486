using Causality.Contracts.Http;
using Causality.Core;
using Causality.Protocol.Wire;
using Causality.Storage;
using Causality.Storage.Log;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Causality.Protocol.Server;

/// <summary>Sends many segments in one answer, one frame each, in the order asked for and no faster than the peer reads.</summary>
internal static class FetchHandler
{
    public static async Task FetchAsync(HttpContext context)
    {
        var request = await RequestBody.ReadJsonAsync<FetchRequest>(context, SyncLimits.MaxRequestBytes);
        RequestValues.AtMost(request.Segments.Count, SyncLimits.MaxFetchSegments, "segments");
        var wanted = request.Segments.Select(Read).ToList();
        var storage = context.RequestServices.GetRequiredService<ISyncableStorage>();

        context.Response.ContentType = SyncMediaTypes.Frames;
        foreach (var (id, hash) in wanted)
        {
            await using var segment = await storage.OpenSegmentAsync(id, hash, context.RequestAborted);
            FrameCodec.WriteHeader(context.Response.BodyWriter, segment is null ? WireSegments.Gone(id) : WireSegments.Frame(segment.Metadata));
            if (segment is not null)
                await SendAsync(context, segment);

            // Waits while the peer reads slower than we write.
            await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        }
    }

    private static (SegmentId Id, ContentHash Hash) Read(WantedSegment? wanted, int index) =>
        (RequestValues.SegmentId(wanted?.Id, $"segments[{index}].id"), RequestValues.Hash(wanted?.ContentHash, $"segments[{index}].content_hash"));

    /// <summary>
    /// Sends exactly as many bytes as the header has promised. When our copy turns out to be damaged, the rest is filled up with zeros: the
    /// peer's check refuses this segment by name and takes the others, where a broken connection would hold up all of them for ever.
    /// </summary>
    private static async Task SendAsync(HttpContext context, SegmentContent segment)
    {
        var body = context.Response.BodyWriter;
        var left = segment.Metadata.SizeBytes;
        var isDamaged = false;
        while (left > 0)
        {
            var memory = body.GetMemory((int)Math.Min(left, FrameCodec.ChunkBytes));
            memory = memory[..(int)Math.Min(left, memory.Length)];
            var read = isDamaged ? 0 : await TryReadAsync(context, segment, memory);
            if (read == 0)
            {
                isDamaged = true;
                memory.Span.Clear();
                read = memory.Length;
            }

            body.Advance(read);
            left -= read;
            await body.FlushAsync(context.RequestAborted);
            Failpoint.Reach(Failpoints.FetchMidStream);
        }

        SegmentContentHandlers.Count(segment.Metadata);
    }

    private static async ValueTask<int> TryReadAsync(HttpContext context, SegmentContent segment, Memory<byte> memory)
    {
        try
        {
            var read = await segment.Content.ReadAsync(memory, context.RequestAborted);
            if (read == 0)
                Report(context, segment.Metadata, null);
            return read;
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            Report(context, segment.Metadata, exception);
            return 0;
        }
    }

    private static void Report(HttpContext context, SegmentMetadata metadata, Exception? exception) =>
        context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(FetchHandler)).SegmentDamaged(
            exception, metadata.Id.Value, metadata.ContentHash.ToString(), PeerAuthentication.PeerOf(context)?.Id.Value ?? "none", exception?.Message ?? "it ends too early");
}
