namespace Causality.Contracts.Http;

/// <summary>Answer of GET <see cref="ApplicationRoutes.Log"/>: the log as it stands.</summary>
public sealed record LogAnswer
{
    /// <summary>The operator.</summary>
    public required string OperatorId { get; init; }

    /// <summary>Root fingerprint, 32 lower-case hex digits; equal roots mean equal logs.</summary>
    public required string Root { get; init; }

    /// <summary>Number of segments that peers see.</summary>
    public required long Segments { get; init; }

    /// <summary>Number of distinct entries, every version of an id counted.</summary>
    public required long Entries { get; init; }

    /// <summary>Sum of the segments' content sizes, in bytes.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>Grows with every change of any segment.</summary>
    public required long Version { get; init; }
}
