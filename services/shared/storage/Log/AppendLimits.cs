namespace Causality.Storage.Log;

/// <summary>The bounds of one append.</summary>
public static class AppendLimits
{
    /// <summary>Most entries in one batch.</summary>
    public const int MaxBatchEntries = 10_000;

    /// <summary>Most canonical bytes in one batch.</summary>
    public const int MaxBatchBytes = 16 * 1024 * 1024;
}
