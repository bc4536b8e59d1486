using System.CommandLine;
using Causality.Standalone.Commands.Help;
using Causality.Standalone.Embedding;
using Causality.Standalone.Input;

namespace Causality.Standalone.Commands;

/// <summary><c>causality serve</c>: an operator in one process.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var id = new Option<string?>("--id") { Description = "The operator's id: lower-case letters, digits and '-'. Environment: Operator__Id." };
        var data = new Option<string?>("--data") { Description = "The folder of its log, database and identity. Environment: Storage__DataFolder." };
        var url = new Option<string?>("--url") { Description = $"Where the application and control API listen. Default {OperatorHosting.DefaultUrl}." };
        var controlUrl = new Option<string?>("--control-url") { Description = "Where the control API listens instead of at --url, so that applications which reach the log cannot reach it." };
        var peerUrl = new Option<string?>("--peer-url") { Description = "Where peers connect. Default https://0.0.0.0:7443." };
        var command = new Command("serve", "Run an operator: log, gateway and sync in one process. More settings as --Sync:SyncInterval=00:01:00 or by environment, Sync__SyncInterval=00:01:00.") { id, data, url, controlUrl, peerUrl };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parsed, cancellationToken) => Failures.ReportAsync(async () =>
        {
            await using var served = CausalityOperator.Create(options =>
            {
                options.Id = parsed.GetValue(id);
                options.DataFolder = parsed.GetValue(data);
                options.Url = parsed.GetValue(url);
                options.ControlUrl = parsed.GetValue(controlUrl);
                options.PeerUrl = parsed.GetValue(peerUrl);
            }, Settings.Read(parsed.UnmatchedTokens, "serve"), RequireSettings);
            await served.StartAsync(cancellationToken);
            Console.WriteLine($"Operator {served.Id} serves {served.Address}; peers connect to {served.PeerAddress} and know it by pin {served.Pin}");
            await served.WaitForShutdownAsync(cancellationToken);
            return Failures.Success;
        }));
        return command.WithExamples(
            "causality serve --id operator-a --data ./data-a",
            "causality serve --id operator-a --data ./data-a --url http://127.0.0.1:7070 --peer-url https://0.0.0.0:7443 --Sync:SyncInterval=00:01:00");
    }

    private static void RequireSettings(WebApplicationBuilder builder)
    {
        Require(builder.Configuration, "Operator:Id", "--id", "the operator's id, such as operator-a");
        Require(builder.Configuration, "Storage:DataFolder", "--data", "the folder of its log, such as ./data");
    }

    private static void Require(IConfiguration configuration, string setting, string option, string what)
    {
        if (string.IsNullOrWhiteSpace(configuration[setting]))
            throw new InputException($"{option} is missing: give {what} (or set {setting.Replace(":", "__", StringComparison.Ordinal)} in the environment).");
    }
}
