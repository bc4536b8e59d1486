namespace Causality.Contracts.Http;

/// <summary>HTTP headers that carry the metadata of a single segment; its content hash stands in <c>ETag</c>, its size in <c>Content-Length</c>.</summary>
public static class SyncHeaders
{
    /// <summary>The operator that writes the segment.</summary>
    public const string Origin = "Causality-Origin";

    /// <summary>Smallest timestamp, milliseconds since the Unix epoch.</summary>
    public const string StartTimestamp = "Causality-Start-Timestamp";

    /// <summary>Greatest timestamp, milliseconds since the Unix epoch.</summary>
    public const string EndTimestamp = "Causality-End-Timestamp";

    /// <summary>Number of entries.</summary>
    public const string EntryCount = "Causality-Entry-Count";

    /// <summary>SHA-256 of the content that a request brings, 64 hex digits.</summary>
    public const string ContentHash = "Causality-Content-Hash";

    /// <summary>Cursor of the next page of the application API; absent on the last page.</summary>
    public const string Next = "Causality-Next";
}
