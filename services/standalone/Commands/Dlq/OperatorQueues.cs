namespace Causality.Standalone.Commands.Dlq;

/// <summary>The queues of an operator's services, for a broker that cannot be asked: AMQP has no way to list queues. A test compares them with what the bus declares.</summary>
internal static class OperatorQueues
{
    public const string ErrorSuffix = "_error";

    public const string SkippedSuffix = "_skipped";

    /// <summary>Ascending.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "compare-segments", "conflict-decided", "count-conflicts", "plan-sync", "resolve-conflicts", "stop-sync-work", "sync-planned", "sync-requested", "sync-state", "transfer-segments",
    ];

    /// <summary>Every queue of dead letters that there can be.</summary>
    public static IEnumerable<string> DeadLetters => All.SelectMany(queue => new[] { queue + ErrorSuffix, queue + SkippedSuffix });

    /// <summary>Queues that take messages of several types, so that a message must say its own.</summary>
    private static readonly string[] OfSeveralTypes = ["sync-planned", "sync-state"];

    public static bool TakesSeveralTypes(string queue) => OfSeveralTypes.Contains(queue);

    /// <summary>The queue that dead letters come from, or null if the name is none of a queue of dead letters.</summary>
    public static string? SourceOf(string queue) => new[] { ErrorSuffix, SkippedSuffix }
        .Where(suffix => queue.Length > suffix.Length && queue.EndsWith(suffix, StringComparison.Ordinal)).Select(suffix => queue[..^suffix.Length]).FirstOrDefault();
}
