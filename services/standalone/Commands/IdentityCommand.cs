using System.CommandLine;
using Causality.Contracts;
using Causality.Protocol;
using Causality.Protocol.Client;
using Causality.Protocol.Identity;
using Causality.Standalone.Client;
using Causality.Standalone.Commands.Help;
using Causality.Standalone.Input;

namespace Causality.Standalone.Commands;

/// <summary><c>causality identity show|rotate</c>: the operator's key, in its data folder.</summary>
internal static class IdentityCommand
{
    public static Command Create(CommonOptions common) => new("identity", "Show and change the operator's key.") { Show(common), Rotate(common) };

    private static Option<string> Data() => new("--data") { Description = "The operator's data folder.", Required = true };

    private static Command Show(CommonOptions common)
    {
        var data = Data();
        var command = new Command("show", "Show the pin of the key in use, and of those that a rotation has put beside it.") { data, common.Json };
        command.SetAction(parsed => Failures.ReportAsync(() =>
        {
            Print(parsed.GetValue(common.Json), Open(parsed.GetValue(data)!).Show(), null);
            return Task.FromResult(Failures.Success);
        }));
        return command.WithExamples("causality identity show --data ./data-a");
    }

    private static Command Rotate(CommonOptions common)
    {
        var (data, activate, retire, force) = (Data(),
            new Option<bool>("--activate") { Description = "Put the prepared key to use, once every peer lets it in. Services use it when they start again." },
            new Option<bool>("--retire") { Description = "Throw the key before away, once all services have started again." },
            new Option<bool>("--force") { Description = "Activate although a peer does not know the new key or does not answer: it is cut off until it has the new pin." });
        return common.Command("rotate", "Prepare a new key beside the old; then --activate; then --retire.", async (parsed, client, cancellationToken) =>
        {
            var (rotation, json) = (Open(parsed.GetValue(data)!), parsed.GetValue(common.Json));
            if (parsed.GetValue(activate) && parsed.GetValue(retire))
                throw new InputException("--activate and --retire are two steps, with a restart of the services between them: give one.");
            if (parsed.GetValue(retire))
                Print(json, rotation.Retire(), "The key before is gone. Peers may take its pin away: causality peers add ID … --pin with the new one only.");
            else if (parsed.GetValue(activate))
                return await ActivateAsync(rotation, client, json, parsed.GetValue(force), cancellationToken);
            else
                Print(json, rotation.Prepare(), "Prepared. Have every peer run causality peers add with both pins (--pin OLD --pin NEW), then run this with --activate.");
            return Failures.Success;
        }, data, activate, retire, force).WithExamples("causality identity rotate --data ./data-a", "causality identity rotate --data ./data-a --activate", "causality identity rotate --data ./data-a --retire");
    }

    private static async Task<int> ActivateAsync(IdentityRotation rotation, OperatorClient client, bool json, bool force, CancellationToken cancellationToken)
    {
        using (var next = rotation.OpenNext())
        {
            var strangers = force ? [] : await WhoDoesNotKnowAsync(next, client, cancellationToken);
            if (strangers.Count > 0)
                throw new InputException($"Nothing was changed. The new key {next.Pin} is not let in yet by {string.Join("; ", strangers)}. Have them add the pin, or give --force to leave them behind.");
        }

        Print(json, rotation.Activate(), "The new key is in use for every service that starts from now on: restart them all, then run this with --retire.");
        return Failures.Success;
    }

    private static async Task<List<string>> WhoDoesNotKnowAsync(OperatorIdentity next, OperatorClient client, CancellationToken cancellationToken)
    {
        var strangers = new List<string>();
        using var protocol = new HttpSyncProtocol(next, new HttpSyncProtocolOptions(), TimeProvider.System);
        foreach (var peer in (await client.PeersAsync(cancellationToken)).Where(peer => peer.Enabled))
        {
            try
            {
                await protocol.GetInfoAsync(new PeerEndpoint { Id = peer.PeerId, Address = peer.Address, Pins = peer.Pins }, cancellationToken);
            }
            catch (Exception exception) when (exception is PeerRefusedException or PeerUnavailableException or Core.ProtocolViolationException)
            {
                strangers.Add($"{peer.PeerId} ({exception.Message.TrimEnd('.')})");
            }
        }

        return strangers;
    }

    private static IdentityRotation Open(string data) => new(data, TimeProvider.System);

    private static void Print(bool json, IdentityState state, string? then) => Output.Print(json, state, () =>
    {
        Console.WriteLine($"Operator  {state.OperatorId}");
        Console.WriteLine($"Pin       {state.Pin}, certificate until {state.ExpiresAt:yyyy-MM-dd}");
        if (state.NextPin is not null)
            Console.WriteLine($"Next      {state.NextPin}, prepared {state.NextSince:yyyy-MM-dd}");
        if (state.PreviousPin is not null)
            Console.WriteLine($"Previous  {state.PreviousPin}, put aside {state.PreviousSince:yyyy-MM-dd}");
        if (then is not null)
            Console.WriteLine(then);
    });
}
