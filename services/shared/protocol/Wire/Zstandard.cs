using System.Collections.Concurrent;
using ZstdNet;

namespace Causality.Protocol.Wire;

/// <summary>Zstandard at level 1 by the reference implementation, one content at a time.</summary>
/// <remarks>A compressor holds half a megabyte, and making one takes longer than a small segment: a few are kept.</remarks>
internal static class Zstandard
{
    private const int Level = 1;
    private static readonly int MostKept = Environment.ProcessorCount;
    private static readonly CompressionOptions Options = new(Level);
    private static readonly ConcurrentBag<Compressor> Compressors = [];
    private static readonly ConcurrentBag<Decompressor> Decompressors = [];

    /// <summary>See <see cref="FrameEncodings.TryCompress"/>.</summary>
    public static bool TryCompress(ReadOnlySpan<byte> content, Span<byte> encoded, out int written)
    {
        var compressor = Compressors.TryTake(out var kept) ? kept : new Compressor(Options);
        try
        {
            written = compressor.Wrap(content, encoded);
            return true;
        }
        catch (Exception exception) when (exception is ZstdException or InsufficientMemoryException)
        {
            written = 0; // It does not get smaller.
            return false;
        }
        finally
        {
            Keep(Compressors, compressor);
        }
    }

    /// <summary>See <see cref="FrameEncodings.TryDecompress"/>.</summary>
    public static bool TryDecompress(ReadOnlySpan<byte> encoded, Span<byte> content)
    {
        var decompressor = Decompressors.TryTake(out var kept) ? kept : new Decompressor();
        try
        {
            return decompressor.Unwrap(encoded, content, bufferSizePrecheck: false) == content.Length;
        }
        catch (Exception exception) when (exception is ZstdException or InsufficientMemoryException)
        {
            return false;
        }
        finally
        {
            Keep(Decompressors, decompressor);
        }
    }

    private static void Keep<T>(ConcurrentBag<T> bag, T used) where T : class, IDisposable
    {
        if (bag.Count < MostKept)
            bag.Add(used);
        else
            used.Dispose();
    }
}
