namespace Causality.Core;

/// <summary>When a writer closes its active segment and starts another.</summary>
public static class SegmentRotation
{
    /// <summary>True when the active segment reached one of the three bounds of <see cref="SegmentLimits"/>, whichever comes first.</summary>
    /// <param name="entryCount">Entries in the active segment.</param>
    /// <param name="sizeBytes">Its content, in bytes.</param>
    /// <param name="age">Time since its first entry was appended.</param>
    /// <remarks>False for an empty segment, whatever its age: there is nothing to close. Design §3.</remarks>
    public static bool IsDue(int entryCount, long sizeBytes, TimeSpan age) =>
        entryCount > 0 && (entryCount >= SegmentLimits.RotationEntries || sizeBytes >= SegmentLimits.RotationBytes || age >= SegmentLimits.RotationAge);
}
