namespace Causality.Contracts;

/// <summary>The <c>differ</c> has compared and the plan is written.</summary>
public sealed record SegmentsCompared
{
    /// <summary>The sync.</summary>
    public required Guid SyncId { get; init; }

    /// <summary>The attempt that asked.</summary>
    public required int Attempt { get; init; }

    /// <summary>True when both root fingerprints were equal at the moment of comparing.</summary>
    public required bool InSync { get; init; }

    /// <summary>Our root fingerprint when compared, 32 hex digits.</summary>
    public required string LocalRoot { get; init; }

    /// <summary>The peer's root fingerprint when compared, 32 hex digits.</summary>
    public required string RemoteRoot { get; init; }

    /// <summary>Prefixes of the segment ids that both sides share: the roots are of these segments only; null for the whole log.</summary>
    public IReadOnlyList<string>? Scope { get; init; }

    /// <summary>Segments of the plan that are to be moved, in either direction.</summary>
    public required long SegmentsPlanned { get; init; }

    /// <summary>Entries to move: those named by the plan, or all of a segment that moves as a whole.</summary>
    public required long EntriesPlanned { get; init; }

    /// <summary>Content bytes to move; of a segment that moves in part, its share by entries.</summary>
    public required long BytesPlanned { get; init; }

    /// <summary>Segments that this sync has stored already, in an earlier attempt whose answer was lost.</summary>
    public long SegmentsSynced { get; init; }

    /// <summary>Entries that those segments were new by.</summary>
    public long EntriesSynced { get; init; }

    /// <summary>Content bytes received for them.</summary>
    public long BytesReceived { get; init; }

    /// <summary>Segments that differ and are not in the plan's work, by reason: left out by the settings, by the scope or by the limits. All of them, also those beyond the rows that the plan keeps.</summary>
    public IReadOnlyList<PlanLeftOut> LeftOut { get; init; } = [];
}
