namespace Causality.Standalone.Demo;

/// <summary>One of the demo's operators at one moment.</summary>
internal sealed record DemoOperator
{
    public required string Id { get; init; }

    /// <summary>Distinct entries, every version counted.</summary>
    public required long Entries { get; init; }

    public required long Segments { get; init; }

    /// <summary>Root fingerprint of the log.</summary>
    public required string Root { get; init; }

    /// <summary>Entries that lost a conflict: in the log, not in the view.</summary>
    public required long Conflicts { get; init; }

    /// <summary>Entries that applications see.</summary>
    public required long ViewEntries { get; init; }

    /// <summary>SHA-256 over the view's lines.</summary>
    public required string View { get; init; }
}
