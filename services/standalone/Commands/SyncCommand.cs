using System.CommandLine;
using System.Text.Json;
using Causality.Contracts;
using Causality.Contracts.Http.Control;
using Causality.Standalone.Client;
using Causality.Standalone.Commands.Help;
using Causality.Standalone.Commands.Plans;
using Causality.Storage.Maintenance;
using Spectre.Console;

namespace Causality.Standalone.Commands;

/// <summary><c>causality sync [PEER] --wait</c>, <c>causality sync PEER --plan</c> and <c>--explain</c>.</summary>
internal static class SyncCommand
{
    public static Command Create(CommonOptions common)
    {
        var peer = new Argument<string?>("PEER") { Description = "The peer; every enabled one when left out.", Arity = ArgumentArity.ZeroOrOne };
        var wait = new Option<bool>("--wait") { Description = "Wait for the end; exit 0 only if every sync ended well." };
        var plan = new Option<bool>("--plan") { Description = "Only tell what a sync with PEER would do: segments, entries and bytes in and out, what would be left out, conflicts, and whether the import bound would stop it." };
        var explain = new Option<bool>("--explain") { Description = "Only tell whether the logs are equal now and, if not, each segment that differs with the reason and what to do." };
        var mode = new Option<SyncMode?>("--mode") { Description = "Which way segments move this time: Pull, Push or Both. Default: the setting; Push and Both need the peer's permission to write." };
        var limit = new Option<int>("--limit") { Description = "With --plan and --explain: most segments to list.", DefaultValueFactory = _ => 20 };
        return common.Command("sync", "Request a sync, or ask what one would do.", async (parsed, client, cancellationToken) =>
        {
            var overrides = parsed.GetValue(mode) is { } way ? new SyncOverrides { Mode = way } : null;
            if (parsed.GetValue(plan) || parsed.GetValue(explain))
                return await PlanCommand.RunAsync(client, parsed.GetValue(peer), parsed.GetValue(plan) ? PlanKinds.Plan : PlanKinds.Explanation, overrides, parsed.GetValue(limit), parsed.GetValue(common.Json), cancellationToken);

            var tickets = await client.RequestSyncAsync(new SyncRequest { PeerId = parsed.GetValue(peer), RequestedBy = "causality-cli", Overrides = overrides }, cancellationToken);
            var code = parsed.GetValue(wait)
                ? await WaitAsync(client, tickets, parsed.GetValue(common.Json), cancellationToken)
                : Report(tickets, parsed.GetValue(common.Json));
            if (!parsed.GetValue(common.Json))
                PeerScopes.Print((await client.PeersAsync(cancellationToken)).Where(known => tickets.Any(ticket => ticket.PeerId == known.PeerId)));
            return code;
        }, peer, wait, mode, plan, explain, limit).WithExamples("causality sync --wait", "causality sync operator-b --wait --json", "causality sync operator-b --mode Both --wait", "causality sync operator-b --plan", "causality sync operator-b --explain");
    }

    private static int Report(IReadOnlyList<SyncTicket> tickets, bool json)
    {
        Output.Print(json, tickets, () =>
        {
            if (tickets.Count == 0)
                Console.WriteLine("There is no enabled peer; add one with 'causality peers add'.");
            foreach (var ticket in tickets)
                Console.WriteLine($"{ticket.PeerId}: {ticket.Outcome}, sync {ticket.SyncId}{(ticket.Detail is { } detail ? $" ({detail})" : "")}");
        });
        return tickets.Any(ticket => ticket.Reason is not null and not SyncReasons.Coalesced) ? Failures.Failed : Failures.Success;
    }

    private static async Task<int> WaitAsync(OperatorClient client, IReadOnlyList<SyncTicket> tickets, bool json, CancellationToken cancellationToken)
    {
        if (tickets.Count == 0 || tickets.Any(ticket => ticket.Reason is not null))
            return Report(tickets, json);

        var results = await ProgressView.RunAsync(json, async progress =>
        {
            var pace = new AnswerPace(TimeProvider.System);
            var ended = new List<SyncResult>();
            foreach (var ticket in tickets)
                ended.Add(await EndOfAsync(client, ticket.SyncId, pace, progress, cancellationToken));
            return ended;
        });
        Output.Print(json, results, () => results.ForEach(SyncOutput.Print));
        return results.TrueForAll(result => result.Status is SyncStatus.Completed or SyncStatus.Skipped) ? Failures.Success : Failures.Failed;
    }

    private static async Task<SyncResult> EndOfAsync(OperatorClient client, Guid syncId, AnswerPace pace, IProgress<MaintenanceProgress> progress, CancellationToken cancellationToken)
    {
        while (true)
        {
            await pace.WaitAsync(cancellationToken);
            SyncDetails sync;
            try
            {
                sync = await client.SyncAsync(syncId, cancellationToken);
            }
            catch (ProblemException exception) when (exception.Problem?.Type?.EndsWith("unknown-sync", StringComparison.Ordinal) == true)
            {
                // It waits behind a running one and has no row of its own yet.
                continue;
            }

            if (sync.Result.Status != SyncStatus.InProgress)
                return sync.Result;

            // By bytes, both ways, as the plan counts them; before there is a plan nobody knows.
            progress.Report(new($"{sync.Result.PeerId}: {sync.State}", sync.BytesPlanned - (sync.Remaining?.Bytes ?? 0), sync.Remaining is null ? 0 : sync.BytesPlanned, SyncOutput.Left(sync)));
        }
    }
}
