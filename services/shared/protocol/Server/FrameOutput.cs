using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using Causality.Contracts.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Causality.Protocol.Server;

/// <summary>Where frames are written: straight to the peer, or through brotli.</summary>
/// <remarks>
/// Whole segments are compressed one by one, so that each frame has its length. A small answer (little segments, or nothing but some entries of each) is full of repeated names, in
/// its headers, too: it is compressed as a whole where the peer takes that (measured: to a third).
/// </remarks>
internal sealed class FrameOutput : IAsyncDisposable
{
    /// <summary>Content of whole segments up to which an answer counts as small.</summary>
    public const long SmallBytes = 1024 * 1024;

    private readonly bool _isOwn;

    private FrameOutput(PipeWriter writer, bool isOwn, bool compressesFrames) => (Writer, _isOwn, CompressesFrames) = (writer, isOwn, compressesFrames);

    /// <summary>True when each whole segment is to be compressed by itself.</summary>
    public bool CompressesFrames { get; }

    public PipeWriter Writer { get; }

    public static FrameOutput Open(HttpContext context, bool isSmall)
    {
        if (!isSmall || !Takes(context.Request))
            return new FrameOutput(context.Response.BodyWriter, false, Takes(context.Request));
        context.Response.Headers.ContentEncoding = SyncMediaTypes.Brotli;
        return new FrameOutput(PipeWriter.Create(new BrotliStream(context.Response.Body, new BrotliCompressionOptions { Quality = 4 })), true, false);
    }

    /// <summary>True when the peer has offered to take brotli.</summary>
    public static bool Takes(HttpRequest request) => request.GetTypedHeaders().AcceptEncoding.Any(offered => offered.Value == SyncMediaTypes.Brotli && offered.Quality is null or > 0);

    public void Write(ReadOnlySpan<byte> bytes) => Writer.Write(bytes);

    // Within brotli a flush after every frame would cost more than the frame; its buffer is bounded by itself.
    public ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken) =>
        _isOwn && Writer is { CanGetUnflushedBytes: true, UnflushedBytes: < Wire.FrameCodec.ChunkBytes } ? default : Writer.FlushAsync(cancellationToken);

    public ValueTask DisposeAsync() => _isOwn ? Writer.CompleteAsync() : ValueTask.CompletedTask;
}
