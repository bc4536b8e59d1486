using System.Buffers;
using Causality.Contracts.Http;
using Causality.Core;
using Causality.Protocol.Wire;

namespace Causality.Protocol.Client;

/// <summary>Reads the content of a frame, compressed or not, in no more memory than was promised.</summary>
internal static class FrameContent
{
    /// <returns>
    /// A buffer of the shared pool whose first bytes are the promised number of content bytes, or null when decompressing does not give them; and the number of content bytes that came (of those that cannot be decompressed: of bytes).
    /// </returns>
    public static async Task<(byte[]? Content, long Received)> ReadAsync(PeerExchange exchange, FrameHeader header, SegmentMetadata wanted)
    {
        // From the pool: arrays of this size, one for each segment, would have the whole heap collected again and again.
        var size = (int)wanted.SizeBytes;
        var content = ArrayPool<byte>.Shared.Rent(size);
        if (header.Encoding is null)
        {
            await exchange.ReadExactlyAsync(content.AsMemory(0, size));
            return (content, size);
        }

        if (!exchange.IsCompressionOffered || !FrameEncodings.IsKnown(header.Encoding))
            throw exchange.Violation($"encoding: '{Printable.Shorten(header.Encoding)}' of segment {wanted.Id} was not offered");
        if (header.EncodedBytes is not { } length || length < 1 || length > wanted.SizeBytes)
            throw exchange.Violation($"encoded_bytes: {header.EncodedBytes} of segment {wanted.Id} is not between 1 and its {wanted.SizeBytes} bytes");

        var encoded = ArrayPool<byte>.Shared.Rent((int)length);
        await exchange.ReadExactlyAsync(encoded.AsMemory(0, (int)length));
        var isWhole = FrameEncodings.TryDecompress(header.Encoding, encoded.AsSpan(0, (int)length), content.AsSpan(0, size));
        ArrayPool<byte>.Shared.Return(encoded);
        return isWhole ? (content, size) : (null, length);
    }
}
