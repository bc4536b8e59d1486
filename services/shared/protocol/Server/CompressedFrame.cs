using System.Buffers;
using System.IO.Pipelines;
using Causality.Protocol.Server.Limits;
using Causality.Protocol.Wire;
using Causality.Storage.Log;
using Microsoft.AspNetCore.Http;

namespace Causality.Protocol.Server;

/// <summary>Sends a whole segment compressed.</summary>
internal static class CompressedFrame
{
    /// <summary>What is larger is sent as it is: memory is bounded.</summary>
    private const int MostBytes = 16 * 1024 * 1024;

    /// <returns>False, with nothing sent and the content at its beginning, when it is too large, damaged, or does not get smaller.</returns>
    public static async Task<bool> TrySendAsync(HttpContext context, PipeWriter body, SegmentContent segment, string encoding)
    {
        if (segment.Metadata.SizeBytes > MostBytes)
            return false;
        var size = (int)segment.Metadata.SizeBytes;
        var (content, encoded) = (ArrayPool<byte>.Shared.Rent(size), ArrayPool<byte>.Shared.Rent(size));
        try
        {
            var read = await segment.Content.ReadAtLeastAsync(content.AsMemory(0, size), size, throwOnEndOfStream: false, context.RequestAborted);
            if (read < size || !FrameEncodings.TryCompress(encoding, content.AsSpan(0, size), encoded.AsSpan(0, size), out var written) || written >= size)
            {
                segment.Content.Seek(0, SeekOrigin.Begin);
                return false;
            }

            FrameCodec.WriteHeader(body, WireSegments.Frame(segment.Metadata) with { Encoding = encoding, EncodedBytes = written });
            await body.WriteAsync(encoded.AsMemory(0, written), context.RequestAborted);
            SegmentContentHandlers.Count(segment.Metadata);
            ByteTally.Add(context, segment.Metadata.SizeBytes);
            return true;
        }
        catch (IOException)
        {
            // Damaged: the plain way knows what to do about it.
            segment.Content.Seek(0, SeekOrigin.Begin);
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(content);
            ArrayPool<byte>.Shared.Return(encoded);
        }
    }
}
