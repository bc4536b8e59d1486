using System.CommandLine;
using Causality.Scheduler.Dashboard.Rendering;
using Causality.Standalone.Commands.Help;

namespace Causality.Standalone.Commands;

/// <summary><c>causality status</c>: who the operator is, how large its log is, how its peers and its running syncs stand.</summary>
internal static class StatusCommand
{
    public static Command Create(CommonOptions common) => common.Command("status", "Show the operator, its log, its peers and its running syncs.", async (parsed, client, cancellationToken) =>
    {
        var (identity, log, status) = (await client.IdentityAsync(cancellationToken), await client.LogAsync(cancellationToken), await client.StatusAsync(cancellationToken));
        Output.Print(parsed.GetValue(common.Json), new { identity, log, scheduler = status }, () =>
        {
            Console.WriteLine($"Operator  {identity.OperatorId}");
            Console.WriteLine($"Pin       {identity.Pin}");
            if (identity.NextPin is not null)
                Console.WriteLine($"Next pin  {identity.NextPin}");
            Console.WriteLine($"Key until {identity.CertificateExpiresAt:yyyy-MM-dd}, when its certificate ends; a restart in the last half year renews it");
            Console.WriteLine($"Log       {Show.Entries(log.Entries)} in {Show.Segments(log.Segments)}, {Output.Bytes(log.SizeBytes)}, root {log.Root}");
            Console.WriteLine($"Schedule  {(status.ScheduleRunning ? "running" : "stopped")}");
            Output.PrintPeers(status.Peers);
            PeerScopes.Print(status.Peers);
            foreach (var sync in status.Running)
                Console.WriteLine(SyncOutput.Line(sync));
        });
        return Failures.Success;
    }).WithExamples("causality status", "causality status --url http://127.0.0.1:7071 --gateway-url http://127.0.0.1:7070 --json");
}
