using System.CommandLine;
using Causality.Standalone.Commands.Help;
using Causality.Storage.Backup;
using Causality.Storage.Maintenance;

namespace Causality.Standalone.Commands.Store;

/// <summary><c>causality restore SRC</c>.</summary>
internal static class RestoreCommand
{
    public static Command Create(StoreOptions store)
    {
        var source = new Argument<string>("SRC") { Description = "The folder of backups." };
        var name = new Option<string?>("--name") { Description = "Which backup; the newest without it." };
        var check = new Option<bool>("--check") { Description = "Read the whole backup and check it; change nothing." };
        return store.Command("restore", "Restore a backup into an empty data folder and an empty database, then verify. The operator that it is of must not run any more.", isNew: true, async (parsed, services, cancellationToken) =>
        {
            var (json, checkOnly) = (parsed.GetValue(store.Json), parsed.GetValue(check));
            var (report, verified) = await ProgressView.RunAsync(json, async progress =>
            {
                var restored = await services.GetRequiredService<LogRestore>().RestoreAsync(parsed.GetValue(source)!, parsed.GetValue(name), checkOnly, progress, cancellationToken);
                return (restored, checkOnly ? null : await services.GetRequiredService<LogVerifier>().VerifyAsync(new VerifyOptions(), progress, cancellationToken));
            });
            StoreOutput.Print(json, report, verified);
            return report.Missing.Count == 0 && verified?.IsSound != false ? Failures.Success : VerifyCommand.Damaged;
        }, source, name, check)
            .WithExamples("causality restore /backups/operator-a --data ./restored", "causality restore /backups/operator-a --data ./restored --name 20261126T021530123Z", "causality restore /backups/operator-a --data ./restored --check")
            .WithExitCode(VerifyCommand.Damaged, "done, and the backup lacks contents or has damaged ones; 'causality verify --repair' fetches them from the peers");
    }
}
