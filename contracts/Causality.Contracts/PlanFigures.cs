namespace Causality.Contracts;

/// <summary>What a sync would do, counted from a comparison at one moment.</summary>
public sealed record PlanFigures
{
    /// <summary>When the logs were compared, UTC.</summary>
    public required DateTimeOffset ComparedAt { get; init; }

    /// <summary>True when both root fingerprints were equal at that moment.</summary>
    public required bool InSync { get; init; }

    /// <summary>Our root fingerprint, 32 hex digits.</summary>
    public required string LocalRoot { get; init; }

    /// <summary>The peer's root fingerprint, 32 hex digits.</summary>
    public required string RemoteRoot { get; init; }

    /// <summary>Prefixes of the segment ids that both sides share: the roots, and "in sync", are of these segments only; null for the whole log.</summary>
    public IReadOnlyList<string>? Scope { get; init; }

    /// <summary>What would come from the peer.</summary>
    public required PlanAmount Incoming { get; init; }

    /// <summary>What would go to the peer.</summary>
    public required PlanAmount Outgoing { get; init; }

    /// <summary>What would be left out, by reason; empty for nothing.</summary>
    public required IReadOnlyList<PlanLeftOut> LeftOut { get; init; }

    /// <summary>Segments that are on the plan's list: all of them, or the first 10,000 that were found.</summary>
    public required long SegmentsListed { get; init; }

    /// <summary>Entries of <see cref="Incoming"/> that were read from the peer to count conflicts.</summary>
    public required long EntriesLookedAt { get; init; }

    /// <summary>Requests to the peer that the comparison took.</summary>
    public required long RoundTrips { get; init; }

    /// <summary>Bytes of bodies that were exchanged for all of this.</summary>
    public required long BytesExchanged { get; init; }
}
