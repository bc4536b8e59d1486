using System.Net;

namespace Causality.Protocol.Client;

/// <summary>What is sent to a peer, in pieces: so that one that takes a large segment slowly is told from one that takes nothing any more.</summary>
/// <param name="bytes">All of it.</param>
/// <param name="sent">Told of each piece that has gone out, by its length, and of how many bytes are left.</param>
internal sealed class WatchedContent(ReadOnlyMemory<byte> bytes, Action<int, int> sent) : HttpContent
{
    private const int PieceBytes = 64 * 1024;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        for (var start = 0; start < bytes.Length; start += PieceBytes)
        {
            var piece = bytes[start..Math.Min(bytes.Length, start + PieceBytes)];
            await stream.WriteAsync(piece, cancellationToken);
            sent(piece.Length, bytes.Length - start - piece.Length);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = bytes.Length;
        return true;
    }
}
