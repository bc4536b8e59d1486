namespace Causality.Dashboard.Tests.Hosting;

/// <summary>The addresses that people bookmark; written out, so that a change of them is noticed.</summary>
internal static class DashboardPaths
{
    public const string Overview = "/dashboard";
    public const string NewPeer = "/dashboard/new-peer";
    public const string Queues = "/dashboard/queues";
    public const string Throughput = "/dashboard/throughput";
    public const string Conflicts = "/dashboard/conflicts";

    public static string Peer(string id) => $"/dashboard/peers/{id}";

    public static string Sync(Guid id) => $"/dashboard/syncs/{id}";

    public static string Conflict(string subject) => $"/dashboard/conflicts/one?kind=id&subject={Uri.EscapeDataString(subject)}";
}
