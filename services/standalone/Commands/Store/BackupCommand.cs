using System.CommandLine;
using Causality.Standalone.Commands.Help;
using Causality.Standalone.Input;
using Causality.Storage.Backup;

namespace Causality.Standalone.Commands.Store;

/// <summary><c>causality backup DEST</c>.</summary>
internal static class BackupCommand
{
    public static Command Create(StoreOptions store)
    {
        var destination = new Argument<string>("DEST") { Description = "The folder of this operator's backups; contents that it has already are not copied again. It will hold the operator's private key." };
        var keep = new Option<int?>("--keep") { Description = "Afterwards remove all backups but this many of the newest." };
        return store.Command("backup", "Back an operator up, running or stopped: database, contents, journals and identity.", isNew: false, async (parsed, services, cancellationToken) =>
        {
            if (parsed.GetValue(keep) is < 1)
                throw new InputException($"--keep is {parsed.GetValue(keep)}; it must be at least 1.");
            var json = parsed.GetValue(store.Json);
            var report = await ProgressView.RunAsync(json, progress => services.GetRequiredService<LogBackup>().BackUpAsync(parsed.GetValue(destination)!, parsed.GetValue(keep), progress, cancellationToken));
            StoreOutput.Print(json, report);
            return report.Manifest.Damaged.Count == 0 ? Failures.Success : VerifyCommand.Damaged;
        }, destination, keep)
            .WithExamples("causality backup /backups/operator-a --data ./data-a", "causality backup /backups/operator-a --data ./data-a --keep 14 --json")
            .WithExitCode(VerifyCommand.Damaged, "made, without contents that are damaged or missing here; repair with 'causality verify --repair' and back up again");
    }
}
