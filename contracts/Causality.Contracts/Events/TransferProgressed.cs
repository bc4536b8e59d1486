namespace Causality.Contracts;

/// <summary>A batch is stored: proof of life between the saga's steps, at a bounded rate.</summary>
public sealed record TransferProgressed
{
    /// <summary>The sync.</summary>
    public required Guid SyncId { get; init; }

    /// <summary>The attempt that asked.</summary>
    public required int Attempt { get; init; }

    /// <summary>Segments stored or merged so far.</summary>
    public required long SegmentsSynced { get; init; }

    /// <summary>Entries new to our log so far.</summary>
    public required long EntriesSynced { get; init; }

    /// <summary>Content bytes received so far.</summary>
    public required long BytesReceived { get; init; }
}
