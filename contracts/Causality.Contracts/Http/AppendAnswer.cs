namespace Causality.Contracts.Http;

/// <summary>Answer of POST <see cref="ApplicationRoutes.Entries"/>: what the append did, or with <c>dry_run=true</c> would do.</summary>
public sealed record AppendAnswer
{
    /// <summary>Entries that are new to the log.</summary>
    public required int Appended { get; init; }

    /// <summary>Entries that the log held already, byte for byte.</summary>
    public required int AlreadyPresent { get; init; }
}
