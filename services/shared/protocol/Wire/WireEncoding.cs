using System.IO.Compression;
using Causality.Contracts.Http;
using Microsoft.AspNetCore.Http;

namespace Causality.Protocol.Wire;

/// <summary>The content encodings of answers as a whole, for both ends: brotli, and gzip for clients that have no brotli.</summary>
internal static class WireEncoding
{
    private const int BrotliQuality = 5;

    /// <summary>What a client of ours offers, as <c>Accept-Encoding</c> has it.</summary>
    public const string Offer = SyncMediaTypes.Zstandard + ", " + SyncMediaTypes.Brotli + ", " + SyncMediaTypes.Gzip;

    /// <summary>The encoding of an answer: brotli where it is offered, else gzip, else null for none. <c>q=0</c> means not offered (RFC 9110, 12.4.2).</summary>
    public static string? Choose(HttpRequest request) =>
        Takes(request, SyncMediaTypes.Brotli) ? SyncMediaTypes.Brotli : Takes(request, SyncMediaTypes.Gzip) ? SyncMediaTypes.Gzip : null;

    /// <summary>True when a request offers to take an encoding.</summary>
    public static bool Takes(HttpRequest request, string encoding) =>
        request.GetTypedHeaders().AcceptEncoding.Any(offered => offered.Value == encoding && offered.Quality is null or > 0);

    /// <summary>What is written is compressed into <paramref name="body"/>, which stays open.</summary>
    /// <param name="body">Where to.</param>
    /// <param name="encoding">One that <see cref="Choose"/> has returned.</param>
    public static Stream Compressing(Stream body, string encoding) => encoding == SyncMediaTypes.Gzip
        ? new GZipStream(body, CompressionLevel.Optimal, leaveOpen: true)
        : new BrotliStream(body, new BrotliCompressionOptions { Quality = BrotliQuality }, leaveOpen: true);

    /// <summary>What is read has been decompressed from <paramref name="body"/>; null for an encoding that we never offer.</summary>
    /// <remarks>Nothing here is bounded: whoever reads takes no more than the lengths that it has checked.</remarks>
    public static Stream? Decompressing(Stream body, string encoding) => encoding switch
    {
        SyncMediaTypes.Brotli => new BrotliStream(body, CompressionMode.Decompress),
        SyncMediaTypes.Gzip => new GZipStream(body, CompressionMode.Decompress),
        _ => null,
    };
}
