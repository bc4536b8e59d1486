namespace Causality.Protocol.Server;

/// <summary>An answer's body that goes out no faster than a pace allows.</summary>
/// <param name="inner">Where it goes.</param>
/// <param name="pace">The peer's.</param>
internal sealed class PacedBody(Stream inner, ITransferPace pace) : Stream
{
    /// <summary>Small, so that a peer with little bandwidth sees something arrive again and again, and does not take the connection for dead.</summary>
    private const int PieceBytes = 4 * 1024;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        for (; buffer.Length > 0; buffer = buffer[Math.Min(buffer.Length, PieceBytes)..])
        {
            var piece = buffer[..Math.Min(buffer.Length, PieceBytes)];
            await pace.TakeAsync(piece.Length, cancellationToken);
            await inner.WriteAsync(piece, cancellationToken);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush() => throw new NotSupportedException("Answers are written asynchronously.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Answers are written asynchronously.");

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
