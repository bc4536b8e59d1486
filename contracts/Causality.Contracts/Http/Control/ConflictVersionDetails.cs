namespace Causality.Contracts.Http.Control;

/// <summary>A version with its entry.</summary>
public sealed record ConflictVersionDetails
{
    /// <summary>Where it came from.</summary>
    public required ConflictVersion Version { get; init; }

    /// <summary>The entry's line; null when it is over 64 KiB (read it from the gateway) or its segment cannot be read now.</summary>
    public string? Line { get; init; }
}
