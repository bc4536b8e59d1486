namespace Causality.Contracts;

/// <summary>A step of a sync could not be done, for a reason that is known.</summary>
public sealed record SyncStepFailed
{
    /// <summary>The sync.</summary>
    public required Guid SyncId { get; init; }

    /// <summary>The attempt that asked.</summary>
    public required int Attempt { get; init; }

    /// <summary><c>compare</c>, <c>transfer</c> or <c>resolve</c>.</summary>
    public required string Step { get; init; }

    /// <summary>One of <see cref="SyncReasons"/>.</summary>
    public required string Reason { get; init; }

    /// <summary>One or two sentences for people: what happened, with names and hashes, and what to do.</summary>
    public required string Detail { get; init; }

    /// <summary>False when trying again cannot help.</summary>
    public required bool Retryable { get; init; }
}
