using System.Text.Json;
using Causality.Scheduler.Dashboard.Rendering;

namespace Causality.Scheduler.Dashboard.Queues;

/// <summary>Finds what stops publishers in the management API's answers.</summary>
internal static class BrokerAlarms
{
    public static IEnumerable<string> OfNodes(JsonElement nodes)
    {
        foreach (var node in nodes.EnumerateArray())
        {
            var name = Show.Text(node.GetProperty("name").GetString(), 60);
            if (Is(node, "mem_alarm"))
                yield return $"The broker is blocked: {name} is over its memory watermark.";
            if (Is(node, "disk_free_alarm"))
                yield return $"The broker is blocked: {name} has too little free disk space.";
            if (node.TryGetProperty("running", out var running) && running.ValueKind == JsonValueKind.False)
                yield return $"The broker's node {name} does not run.";
        }
    }

    public static IEnumerable<string> OfConnections(JsonElement connections)
    {
        var blocked = connections.EnumerateArray().Count(connection => connection.TryGetProperty("state", out var state) && state.GetString() is "blocked" or "blocking");
        if (blocked > 0)
            yield return $"The broker is blocked: it holds back {blocked} connections that publish.";
    }

    private static bool Is(JsonElement node, string name) => node.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
}
