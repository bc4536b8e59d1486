using System.CommandLine;
using Causality.Standalone.Embedding;

namespace Causality.Standalone.Commands;

/// <summary><c>causality serve</c>: an operator in one process.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var id = new Option<string?>("--id") { Description = "The operator's id: lower-case letters, digits and '-'." };
        var data = new Option<string?>("--data") { Description = "The folder of its log, database and identity." };
        var url = new Option<string?>("--url") { Description = $"Where the application and control API listen. Default {OperatorHosting.DefaultUrl}." };
        var peerUrl = new Option<string?>("--peer-url") { Description = "Where peers connect. Default https://0.0.0.0:7443." };
        var command = new Command("serve", "Run an operator: log, gateway and sync in one process. More settings by environment, for example Sync__SyncInterval=00:01:00.") { id, data, url, peerUrl };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parsed, cancellationToken) => Failures.ReportAsync(async () =>
        {
            await using var served = CausalityOperator.Create(options =>
            {
                options.Id = parsed.GetValue(id);
                options.DataFolder = parsed.GetValue(data);
                options.Url = parsed.GetValue(url);
                options.PeerUrl = parsed.GetValue(peerUrl);
            }, [.. parsed.UnmatchedTokens]);
            await served.StartAsync(cancellationToken);
            Console.WriteLine($"Operator {served.Id} serves {served.Address}; peers connect to {served.PeerAddress} and know it by pin {served.Pin}");
            await served.WaitForShutdownAsync(cancellationToken);
            return Failures.Success;
        }));
        return command;
    }
}
