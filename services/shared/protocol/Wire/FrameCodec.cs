using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;
using Causality.Contracts.Http;

namespace Causality.Protocol.Wire;

/// <summary>Frames of a fetch answer: four bytes of header length, most significant first, then the JSON header; the content follows.</summary>
internal static class FrameCodec
{
    public const int PrefixBytes = 4;

    /// <summary>How much content is moved at once.</summary>
    public const int ChunkBytes = 128 * 1024;

    public static void WriteHeader(IBufferWriter<byte> output, FrameHeader header)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(header, ProtocolJson.Answers);
        BinaryPrimitives.WriteInt32BigEndian(output.GetSpan(PrefixBytes), json.Length);
        output.Advance(PrefixBytes);
        output.Write(json);
    }
}
