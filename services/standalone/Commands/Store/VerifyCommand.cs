using System.CommandLine;
using Causality.Standalone.Commands.Help;
using Causality.Storage.Maintenance;

namespace Causality.Standalone.Commands.Store;

/// <summary><c>causality verify [--repair]</c>.</summary>
internal static class VerifyCommand
{
    /// <summary>Damage was found, and is still there.</summary>
    public const int Damaged = 2;

    public static Command Create(StoreOptions store)
    {
        var repair = new Option<bool>("--repair") { Description = "Set damaged contents aside and fetch the same contents, by hash, from the peers." };
        var parallel = new Option<int>("--parallel") { Description = "Segments looked at side by side, 1 to 64; each may take 64 MiB of memory.", DefaultValueFactory = _ => new VerifyOptions().Parallelism };
        return store.Command("verify", "Verify an operator's store, running or stopped: every segment has its content, every content its hash and size, every line is valid, and the root is the sum of the rows.", isNew: false, async (parsed, services, cancellationToken) =>
        {
            if (parsed.GetValue(repair))
                StoreHost.RequireIdentity(services);
            var options = new VerifyOptions
            {
                Parallelism = Within("--parallel", parsed.GetValue(parallel), 64),
                RepairFrom = parsed.GetValue(repair) ? services.GetRequiredService<ISegmentSource>() : null,
            };
            var json = parsed.GetValue(store.Json);
            var report = await ProgressView.RunAsync(json, progress => services.GetRequiredService<LogVerifier>().VerifyAsync(options, progress, cancellationToken));
            StoreOutput.Print(json, report);
            return report.IsSound ? Failures.Success : Damaged;
        }, repair, parallel)
            .WithExamples("causality verify --data ./data-a", "causality verify --data ./data-a --repair", "causality verify --data /var/lib/causality --database \"Host=127.0.0.1;Database=causality;Username=causality\" --json")
            .WithExitCode(Damaged, "damage was found and is still there; the lines printed say where");
    }

    private static int Within(string option, int value, int most) =>
        value >= 1 && value <= most ? value : throw new Input.InputException($"{option} is {value}; it must be from 1 to {most}.");
}
