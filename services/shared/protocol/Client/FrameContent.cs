using System.IO.Compression;
using Causality.Contracts.Http;
using Causality.Core;

namespace Causality.Protocol.Client;

/// <summary>Reads the content of a frame, compressed or not, in no more memory than was promised.</summary>
internal static class FrameContent
{
    /// <returns>Exactly the promised number of bytes, or null when decompressing does not give them; and the number of bytes that came.</returns>
    public static async Task<(byte[]? Content, long Received)> ReadAsync(PeerExchange exchange, FrameHeader header, SegmentMetadata wanted)
    {
        var content = GC.AllocateUninitializedArray<byte>((int)wanted.SizeBytes);
        if (header.Encoding is null)
        {
            await exchange.ReadExactlyAsync(content);
            return (content, content.Length);
        }

        if (!exchange.IsCompressionOffered || header.Encoding != SyncMediaTypes.Brotli)
            throw exchange.Violation($"encoding: '{Printable.Shorten(header.Encoding)}' of segment {wanted.Id} was not offered");
        if (header.EncodedBytes is not { } length || length < 1 || length > wanted.SizeBytes)
            throw exchange.Violation($"encoded_bytes: {header.EncodedBytes} of segment {wanted.Id} is not between 1 and its {wanted.SizeBytes} bytes");

        var encoded = GC.AllocateUninitializedArray<byte>((int)length);
        await exchange.ReadExactlyAsync(encoded);
        return (BrotliDecoder.TryDecompress(encoded, content, out var written) && written == content.Length ? content : null, length);
    }
}
