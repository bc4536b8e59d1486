namespace Causality.Core;

/// <summary>The bounds of one segment, the same on every operator, so that what one writes all can import.</summary>
public static class SegmentLimits
{
    /// <summary>A writer starts a new segment at this many entries.</summary>
    public const int RotationEntries = 10_000;

    /// <summary>A writer starts a new segment at this content size, in bytes.</summary>
    public const int RotationBytes = 10 * 1024 * 1024;

    /// <summary>A writer starts a new segment when the active one is this old.</summary>
    public static readonly TimeSpan RotationAge = TimeSpan.FromDays(1);

    /// <summary>Most entries that an import accepts in one segment: room for the union of two full ones and then some.</summary>
    public const int MaxEntries = 100_000;

    /// <summary>Largest content that an import accepts, in bytes.</summary>
    public const int MaxBytes = 64 * 1024 * 1024;
}
