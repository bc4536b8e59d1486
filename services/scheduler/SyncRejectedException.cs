namespace Causality.Scheduler;

/// <summary>A request did not become a sync; nothing was done. A retry helps only after the cause is mended.</summary>
/// <param name="reason">One of <c>SyncReasons</c>.</param>
/// <param name="detail">What is wrong and what to do.</param>
public sealed class SyncRejectedException(string reason, string detail) : Exception(detail)
{
    /// <summary>One of <c>SyncReasons</c>.</summary>
    public string Reason { get; } = reason;
}
