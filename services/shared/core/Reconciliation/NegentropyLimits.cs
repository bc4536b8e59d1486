namespace Causality.Core.Reconciliation;

/// <summary>The numbers of Negentropy Protocol V1.</summary>
public static class NegentropyLimits
{
    /// <summary>The first byte of every message: version 1.</summary>
    public const byte Version = 0x61;

    /// <summary>Parts into which a range is split.</summary>
    public const int Buckets = 16;

    /// <summary>A range with fewer items is sent as a list of ids.</summary>
    public const int ListBelow = 2 * Buckets;

    /// <summary>Smallest frame limit, in bytes: what one split range and the rest of a message need at most, and then some.</summary>
    public const int MinFrameBytes = 4_096;

    /// <summary>Kept free in every frame for its last ranges, in bytes.</summary>
    internal const int FrameReserve = 200;

    /// <summary>Length of a fingerprint in a message.</summary>
    internal const int FingerprintBytes = LogFingerprint.RootBytes;
}
