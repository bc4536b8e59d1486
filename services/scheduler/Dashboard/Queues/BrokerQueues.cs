using System.Text.Json;

namespace Causality.Scheduler.Dashboard.Queues;

/// <summary>Reads the management API's list of queues: error queues are counted with the queue that they belong to.</summary>
internal static class BrokerQueues
{
    private const int Most = 500;
    private static readonly string[] ErrorSuffixes = ["_error", "_skipped"];

    public static (IReadOnlyList<QueueRow> Rows, long DeadLetters) Read(JsonElement queues)
    {
        var all = queues.EnumerateArray().Select(queue => (Name: queue.GetProperty("name").GetString()!, Queue: queue)).ToList();
        var errors = all.Where(queue => ParentOf(queue.Name) is not null).ToLookup(queue => ParentOf(queue.Name)!, queue => Number(queue.Queue, "messages_ready") + Number(queue.Queue, "messages_unacknowledged"), StringComparer.Ordinal);
        var names = all.Select(queue => queue.Name).Where(name => ParentOf(name) is null).Union(errors.Select(group => group.Key), StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(Most);
        var byName = all.ToDictionary(queue => queue.Name, queue => queue.Queue, StringComparer.Ordinal);
        var rows = names.Select(name => RowOf(name, byName.TryGetValue(name, out var queue) ? queue : null, errors[name].Sum())).ToList();
        return (rows, errors.Sum(group => group.Sum()));
    }

    private static QueueRow RowOf(string name, JsonElement? queue, long deadLetters) => new()
    {
        Name = name,
        Ready = queue is { } one ? Number(one, "messages_ready") : 0,
        Unacked = queue is { } two ? Number(two, "messages_unacknowledged") : 0,
        Consumers = queue is { } three ? Number(three, "consumers") : 0,
        DeadLetters = deadLetters,
        InPerSecond = RateOf(queue, "publish_details"),
        OutPerSecond = RateOf(queue, "ack_details"),
    };

    private static string? ParentOf(string name) => ErrorSuffixes.Where(suffix => name.EndsWith(suffix, StringComparison.Ordinal)).Select(suffix => name[..^suffix.Length]).FirstOrDefault();

    // A queue that is being made or has lost its node has no figures yet.
    private static long Number(JsonElement queue, string name) => queue.TryGetProperty(name, out var value) && value.TryGetInt64(out var number) ? number : 0;

    private static double? RateOf(JsonElement? queue, string name) =>
        queue is { } some && some.TryGetProperty("message_stats", out var stats) && stats.TryGetProperty(name, out var details) && details.TryGetProperty("rate", out var rate) ? rate.GetDouble() : null;
}
