using Causality.Core;
using Causality.Protocol.Server.Limits;
using Causality.Protocol.Wire;
using Causality.Storage;
using Causality.Storage.Log;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Causality.Protocol.Server;

/// <summary>Sends the content of one frame.</summary>
internal static class FrameSender
{
    /// <summary>
    /// Sends exactly as many bytes as the header has promised. When our copy turns out to be damaged, the rest is filled up with zeros: the
    /// peer's check refuses this segment by name and takes the others, where a broken connection would hold up all of them for ever.
    /// </summary>
    public static async Task SendAsync(HttpContext context, FrameOutput output, SegmentContent segment)
    {
        var left = segment.Metadata.SizeBytes;
        var isDamaged = false;
        while (left > 0)
        {
            var memory = output.Writer.GetMemory((int)Math.Min(left, FrameCodec.ChunkBytes));
            memory = memory[..(int)Math.Min(left, memory.Length)];
            var read = isDamaged ? 0 : await TryReadAsync(context, segment, memory);
            if (read == 0)
            {
                isDamaged = true;
                memory.Span.Clear();
                read = memory.Length;
            }

            output.Writer.Advance(read);
            left -= read;
            await output.FlushAsync(context.RequestAborted);
            Failpoint.Reach(Failpoints.FetchMidStream);
        }

        SegmentContentHandlers.Count(segment.Metadata);
        ByteTally.Add(context, segment.Metadata.SizeBytes);
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
