using System.Globalization;
using System.Text.Json;
using Causality.Contracts.Http.Control;
using Causality.Scheduler.Dashboard.Rendering;
using Spectre.Console;

namespace Causality.Standalone.Commands;

/// <summary>Prints for people, or as JSON for programs.</summary>
internal static class Output
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static void Print<T>(bool json, T value, Action forPeople)
    {
        if (json)
            Console.WriteLine(JsonSerializer.Serialize(value, Json));
        else
            forPeople();
    }

    public static void PrintPeers(IReadOnlyList<PeerInfo> peers)
    {
        if (peers.Count == 0)
            Console.WriteLine("No peers yet: 'causality peers add' adds one.");
        else
            Terminal.Output.Write(PeersTable(peers));
    }

    private static Table PeersTable(IReadOnlyList<PeerInfo> peers)
    {
        var table = new Table().AddColumns("Peer", "Address", "State", "Last sync", "Next sync", "Well", "Failed", "Reason");
        foreach (var peer in peers)
        {
            table.AddRow(
                peer.PeerId, peer.Address, peer.Enabled ? peer.Status?.ToString() ?? "new" : "paused", Moment(peer.LastSync), Moment(peer.NextSync),
                Number(peer.SuccessfulSyncs), Number(peer.FailedSyncs), peer.Reason ?? "");
        }

        return table;
    }

    public static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>All of them, where the dashboard would say megabytes: <c>1 byte</c>, <c>2,048 bytes</c>.</summary>
    public static string Bytes(long value) => Show.Count(value, "byte");

    private static string Moment(DateTimeOffset? moment) => moment?.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "-";
}
