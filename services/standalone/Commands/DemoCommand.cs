using System.CommandLine;
using Causality.Standalone.Commands.Help;
using Causality.Standalone.Demo;

namespace Causality.Standalone.Commands;

/// <summary><c>causality demo</c>: watch two operators whose logs differ become equal.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var entries = new Option<string?>("--entries") { Description = "A JSON Lines file, plain or gzip, to deal out over the two operators; made-up entries without it." };
        var json = new Option<bool>("--json") { Description = "Print one JSON object as the last line." };
        var command = new Command("demo", "Run two operators in this process and watch them become equal. Exit 0 only if they do.") { entries, json };
        command.SetAction((parsed, cancellationToken) => Failures.ReportAsync(async () =>
        {
            var log = await DemoLog.LoadAsync(parsed.GetValue(entries), cancellationToken);
            var report = await new DemoRun(log, new ConsoleProgress(parsed.GetValue(json))).RunAsync(cancellationToken);
            if (parsed.GetValue(json))
                Console.WriteLine(report.ToJson());
            else
                report.Print();
            return report.Converged ? Failures.Success : Failures.Failed;
        }));
        return command.WithExamples("causality demo", "causality demo --entries commits.jsonl.gz --json");
    }
}
