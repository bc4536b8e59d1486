using System.Buffers;
using System.IO.Pipelines;
using Causality.Contracts.Http;
using Causality.Protocol.Wire;
using Microsoft.AspNetCore.Http;

namespace Causality.Protocol.Server;

/// <summary>Where frames are written: straight to the peer, or compressed.</summary>
/// <remarks>
/// Whole segments are compressed one by one, so that each frame has its length. A small answer (little segments, or nothing but some entries of each) is full of repeated names, in
/// its headers, too: it is compressed as a whole where the peer takes that (measured: to a third).
/// </remarks>
internal sealed class FrameOutput : IAsyncDisposable
{
    /// <summary>Content of whole segments up to which an answer counts as small.</summary>
    public const long SmallBytes = 1024 * 1024;

    private readonly bool _isOwn;

    private FrameOutput(PipeWriter writer, bool isOwn, string? frameEncoding) => (Writer, _isOwn, FrameEncoding) = (writer, isOwn, frameEncoding);

    /// <summary>How each whole segment is to be compressed by itself; null for not at all.</summary>
    public string? FrameEncoding { get; }

    public PipeWriter Writer { get; }

    public static FrameOutput Open(HttpContext context, bool isSmall)
    {
        if (!isSmall || WireEncoding.Choose(context.Request) is not { } encoding)
            return new FrameOutput(context.Response.BodyWriter, false, FrameEncodings.Choose(context.Request));
        context.Response.Headers.ContentEncoding = encoding;
        return new FrameOutput(PipeWriter.Create(WireEncoding.Compressing(context.Response.Body, encoding)), true, null);
    }

    public void Write(ReadOnlySpan<byte> bytes) => Writer.Write(bytes);

    // Compressed as a whole, a flush after every frame would cost more than the frame; its buffer is bounded by itself.
    public ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken) =>
        _isOwn && Writer is { CanGetUnflushedBytes: true, UnflushedBytes: < FrameCodec.ChunkBytes } ? default : Writer.FlushAsync(cancellationToken);

    public ValueTask DisposeAsync() => _isOwn ? Writer.CompleteAsync() : ValueTask.CompletedTask;
}
