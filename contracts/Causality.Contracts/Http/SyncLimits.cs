namespace Causality.Contracts.Http;

/// <summary>The bounds of the peer protocol, version 1. A server refuses what is over them, and a client neither sends nor believes it.</summary>
public static class SyncLimits
{
    /// <summary>Segments in one page of the list when the client names no limit.</summary>
    public const int DefaultPageSize = 1_000;

    /// <summary>Most segments in one page of the list.</summary>
    public const int MaxPageSize = 10_000;

    /// <summary>Most ids in one metadata request.</summary>
    public const int MaxMetadataIds = 10_000;

    /// <summary>Most segments in one fetch request.</summary>
    public const int MaxFetchSegments = 1_000;

    /// <summary>Most entry hashes in one entries request.</summary>
    public const int MaxEntryHashes = 10_000;

    /// <summary>Most entry ids in one request for winners.</summary>
    public const int MaxWinnerIds = 1_000;

    /// <summary>Most segments that a client reads of one peer's list before it gives up.</summary>
    public const int MaxListLength = 5_000_000;

    /// <summary>Largest request body, in bytes: room for the longest list of the longest ids.</summary>
    public const int MaxRequestBytes = 2 * 1024 * 1024;

    /// <summary>Largest JSON answer, in bytes: room for the largest page of the longest metadata.</summary>
    public const int MaxJsonAnswerBytes = 8 * 1024 * 1024;

    /// <summary>Largest JSON header of a frame, in bytes.</summary>
    public const int MaxFrameHeaderBytes = 64 * 1024;

    /// <summary>Deepest nesting of any JSON body.</summary>
    public const int MaxJsonDepth = 32;

    /// <summary>Largest body of a reconciliation, in either direction, in bytes; also the frame limit of Negentropy messages.</summary>
    public const int MaxReconciliationBytes = 1024 * 1024;

    /// <summary>Most symbols in one answer.</summary>
    public const int MaxSymbols = 16_384;

    /// <summary>Symbols of a session end before this number; whoever differs more reconciles by ranges.</summary>
    public const int MaxSymbolNumber = 131_072;

    /// <summary>Most ranges in one request.</summary>
    public const int MaxRanges = 4_096;

    /// <summary>Most items asked for by id in one request.</summary>
    public const int MaxItemIds = 10_000;

    /// <summary>Most segments whose entries are reconciled in one request.</summary>
    public const int MaxReconciledSegments = 1_000;

    /// <summary>Most entries that those segments have together, counted on the server's side; one segment alone may have more.</summary>
    public const int MaxReconciledEntries = 500_000;

    /// <summary>Most segments in one diff request, and most that the server compares them with.</summary>
    public const int MaxDiffSegments = 10_000;
}
