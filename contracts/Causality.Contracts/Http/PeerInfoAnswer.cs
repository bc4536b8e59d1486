namespace Causality.Contracts.Http;

/// <summary>Answer of <see cref="SyncRoutes.Info"/>: what an operator says of itself.</summary>
public sealed record PeerInfoAnswer
{
    /// <summary>Its operator id.</summary>
    public required string Operator { get; init; }

    /// <summary>Versions of this protocol that it speaks, ascending; <c>[1]</c> today.</summary>
    public required IReadOnlyList<int> Versions { get; init; }

    /// <summary>Optional parts of the protocol that it speaks; empty in version 1. A client ignores names that it does not know.</summary>
    public required IReadOnlyList<string> Capabilities { get; init; }

    /// <summary>Prefixes of the segment ids that it shares with whoever asks: everything it answers is of that part of its log only. Absent for the whole log.</summary>
    public IReadOnlyList<string>? Scope { get; init; }

    /// <summary>Root fingerprint of its log, 32 lower-case hex digits; equal roots mean equal logs.</summary>
    public required string Root { get; init; }

    /// <summary>Number of its segments.</summary>
    public required long SegmentCount { get; init; }

    /// <summary>Sum of its segments' entry counts.</summary>
    public required long EntryCount { get; init; }

    /// <summary>Sum of its segments' content sizes, in bytes.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>What it takes in one request.</summary>
    public required PeerLimits Limits { get; init; }
}
