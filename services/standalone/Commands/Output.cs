using System.Globalization;
using System.Text.Json;
using Causality.Contracts.Http.Control;
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

    public static Table PeersTable(IReadOnlyList<PeerInfo> peers)
    {
        var table = new Table().AddColumns("Peer", "Address", "State", "Last sync", "Next sync", "Well", "Failed", "Reason");
        foreach (var peer in peers)
        {
            table.AddRow(
                peer.PeerId, peer.Address, peer.Enabled ? peer.Status?.ToString() ?? "new" : "off", Moment(peer.LastSync), Moment(peer.NextSync),
                Number(peer.SuccessfulSyncs), Number(peer.FailedSyncs), peer.Reason ?? "");
        }

        return table;
    }

    public static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Moment(DateTimeOffset? moment) => moment?.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "-";
}
