using System.CommandLine;
using System.Text.Json;
using Causality.Contracts.Http.Control;
using Causality.Standalone.Client;
using Causality.Standalone.Commands.Help;

namespace Causality.Standalone.Commands;

/// <summary><c>causality peers add|list|pause|resume|remove</c>.</summary>
internal static class PeersCommand
{
    public static Command Create(CommonOptions common) => new("peers", "Show and change the peers of the operator.") { Add(common), List(common), Switch(common, false), Switch(common, true), Remove(common) };

    private static Command Add(CommonOptions common)
    {
        var id = new Argument<string>("ID") { Description = "The peer's operator id." };
        var address = new Option<string>("--address") { Description = "Its gateway, https://host:port.", Required = true };
        var pins = new Option<string[]>("--pin") { Description = "SHA-256 of its public key, 64 hex digits; its operator reads it from 'causality status'. Twice during a key rotation.", Required = true };
        var allow = new Option<string?>("--allow") { Description = "What it may do here: any of read,write,resolve, separated by commas, or none. Default: what it may already; for a new peer read,resolve." };
        var scope = new Option<string?>("--scope") { Description = "What is shared with it, in both directions: prefixes of segment ids, separated by commas, or all. Default: what is shared already; with a new peer all." };
        return common.Command("add", "Add a peer, or change the address, pins, permissions and scope of a known one.", async (parsed, client, cancellationToken) =>
        {
            var peer = await client.AddPeerAsync(new PeerRequest { Id = parsed.GetValue(id), Address = parsed.GetValue(address), Pins = parsed.GetValue(pins), Permissions = Names(parsed.GetValue(allow), "none"), Scope = Names(parsed.GetValue(scope), "all") }, cancellationToken);
            Output.Print(parsed.GetValue(common.Json), peer, () => Console.WriteLine($"Peer {peer.PeerId} at {peer.Address}: it may {May(peer)} here, {Shared(peer)} shared with it; the next sync with it is due now."));
            return Failures.Success;
        }, id, address, pins, allow, scope).WithExamples(
            "causality peers add operator-b --address https://operator-b.example:7443 --pin 2f1c6e1f0a9b4d5c8e7f3a2b1c0d9e8f7a6b5c4d3e2f1a0b9c8d7e6f5a4b3c2d",
            "causality peers add operator-c --address https://operator-c.example:7443 --pin 2f1c6e1f0a9b4d5c8e7f3a2b1c0d9e8f7a6b5c4d3e2f1a0b9c8d7e6f5a4b3c2d --allow read --scope orders,invoices");
    }

    private static string[]? Names(string? text, string nothing) => text == nothing ? [] : text?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string May(PeerInfo peer) => peer.Permissions.Count == 0 ? "do nothing" : string.Join(", ", peer.Permissions);

    private static string Shared(PeerInfo peer) => peer.Scope switch
    {
        null => "all segments are",
        var prefixes => $"segments {string.Join(", ", prefixes.Select(prefix => prefix + "*"))} are",
    };

    private static Command List(CommonOptions common) => common.Command("list", "List the peers and how the syncs with them have gone.", async (parsed, client, cancellationToken) =>
    {
        var peers = await client.PeersAsync(cancellationToken);
        Output.Print(parsed.GetValue(common.Json), peers, () =>
        {
            Output.PrintPeers(peers);
            PeerScopes.Print(peers);
        });
        return Failures.Success;
    }).WithExamples("causality peers list");

    private static Command Switch(CommonOptions common, bool on)
    {
        var id = new Argument<string>("ID") { Description = "The peer's operator id." };
        var (name, description) = on ? ("resume", "Let a paused peer in and sync with it again.") : ("pause", "No sync with a peer, in either direction, until it is resumed: a running one is held back, and its key is not let in.");
        return common.Command(name, description, async (parsed, client, cancellationToken) =>
        {
            await client.SwitchPeerAsync(parsed.GetValue(id)!, on, cancellationToken);
            Output.Print(parsed.GetValue(common.Json), new { peer_id = parsed.GetValue(id), enabled = on }, () => Console.WriteLine($"Peer {parsed.GetValue(id)} is {(on ? "resumed" : "paused; 'causality peers resume' takes that back")}."));
            return Failures.Success;
        }, id).WithExamples($"causality peers {name} operator-b");
    }

    private static Command Remove(CommonOptions common)
    {
        var id = new Argument<string>("ID") { Description = "The peer's operator id." };
        return common.Command("remove", "Remove a peer; what came from it stays in the log.", async (parsed, client, cancellationToken) =>
        {
            await client.RemovePeerAsync(parsed.GetValue(id)!, cancellationToken);
            Output.Print(parsed.GetValue(common.Json), new { removed = parsed.GetValue(id) }, () => Console.WriteLine($"Peer {parsed.GetValue(id)} removed."));
            return Failures.Success;
        }, id).WithExamples("causality peers remove operator-b");
    }
}
