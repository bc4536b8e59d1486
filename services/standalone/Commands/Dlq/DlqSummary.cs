namespace Causality.Standalone.Commands.Dlq;

/// <summary>A queue of dead letters at a glance.</summary>
/// <param name="Queue">Its name.</param>
/// <param name="Count">Messages in it.</param>
/// <param name="OldestAt">When the oldest of those looked at came there; null if nothing tells.</param>
/// <param name="Reasons">Why, for the first hundred, most frequent first.</param>
internal sealed record DlqSummary(string Queue, long Count, DateTimeOffset? OldestAt, IReadOnlyList<DlqSummary.ReasonCount> Reasons)
{
    /// <summary>A reason and how often it was met.</summary>
    public sealed record ReasonCount(string Reason, int Count);

    public static DlqSummary Of(string queue, long count, IReadOnlyList<DeadLetterReason> reasons) => new(
        queue, count, reasons.Min(reason => reason.At),
        [.. reasons.GroupBy(reason => reason.Kind).Select(group => new ReasonCount(group.Key, group.Count())).OrderByDescending(reason => reason.Count).ThenBy(reason => reason.Reason, StringComparer.Ordinal)]);
}
