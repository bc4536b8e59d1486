namespace Causality.Contracts.Http;

/// <summary>The media types of the protocol's bodies.</summary>
public static class SyncMediaTypes
{
    /// <summary>Requests and most answers.</summary>
    public const string Json = "application/json";

    /// <summary>Errors, RFC 9457.</summary>
    public const string Problem = "application/problem+json";

    /// <summary>Entries: one canonical line each, every line ended by a line feed.</summary>
    public const string Lines = "application/x-ndjson";

    /// <summary>The whole content of one segment.</summary>
    public const string Segment = "application/vnd.causality.segment";

    /// <summary>The content encoding that is preferred for answers as a whole, in <c>Accept-Encoding</c> and <c>Content-Encoding</c>, and one of <see cref="FrameHeader.Encoding"/>: brotli, RFC 7932.</summary>
    public const string Brotli = "br";

    /// <summary>The content encoding that is preferred in <see cref="FrameHeader.Encoding"/>, and found nowhere else: Zstandard, RFC 8878.</summary>
    public const string Zstandard = "zstd";

    /// <summary>The content encoding for clients without brotli, of answers as a whole: gzip, RFC 1952.</summary>
    public const string Gzip = "gzip";

    /// <summary>A sequence of frames, see <see cref="FrameHeader"/>.</summary>
    public const string Frames = "application/vnd.causality.frames";

    /// <summary>A message of Negentropy Protocol V1.</summary>
    public const string Negentropy = "application/vnd.causality.negentropy";

    /// <summary>Symbols and what belongs to them, binary; which message it is follows from the route.</summary>
    public const string Reconciliation = "application/vnd.causality.reconciliation";
}
