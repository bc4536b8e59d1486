namespace Causality.Contracts;

/// <summary>Settings of one request or of one peer that replace the general ones; absent members change nothing. Seed: "SyncConfig".</summary>
public sealed record SyncOverrides
{
    /// <summary>See <see cref="SyncSettings.BatchSize"/>.</summary>
    public int? BatchSize { get; init; }

    /// <summary>See <see cref="SyncSettings.SyncTimeoutMs"/>.</summary>
    public long? SyncTimeoutMs { get; init; }

    /// <summary>See <see cref="SyncSettings.MaxRetries"/>.</summary>
    public int? MaxRetries { get; init; }

    /// <summary>See <see cref="SyncSettings.UseDifferentialSync"/>.</summary>
    public bool? UseDifferentialSync { get; init; }

    /// <summary>See <see cref="SyncSettings.MaxSegmentAgeMs"/>.</summary>
    public long? MaxSegmentAgeMs { get; init; }

    /// <summary>See <see cref="SyncSettings.VerifyHashes"/>.</summary>
    public bool? VerifyHashes { get; init; }
}
