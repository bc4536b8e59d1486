namespace Causality.Core;

/// <summary>Compares two lists of segment metadata.</summary>
public static class SegmentDiffer
{
    /// <summary>Finds which segments each side lacks and which differ in content.</summary>
    public static LogDiff Compare(IEnumerable<SegmentMetadata> local, IEnumerable<SegmentMetadata> remote) => throw new NotImplementedException();
}
