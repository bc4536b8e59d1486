namespace Causality.Contracts.Http;

/// <summary>Answer of PUT <see cref="SyncRoutes.Segment"/>: the entries are durably in the log.</summary>
public sealed record PushAnswer
{
    /// <summary>SHA-256 of the segment's content as it now stands, 64 lower-case hex digits: that of the union where there was a copy.</summary>
    public required string ContentHash { get; init; }

    /// <summary>Entries that the server did not have in this segment; 0 when it had all of them.</summary>
    public required long EntriesAdded { get; init; }
}
