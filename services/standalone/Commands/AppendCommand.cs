using System.CommandLine;
using System.Text.Json;
using Causality.Core;
using Causality.Scheduler.Dashboard.Rendering;
using Causality.Standalone.Client;
using Causality.Standalone.Commands.Help;
using Causality.Standalone.Input;
using Causality.Storage.Log;
using Causality.Storage.Maintenance;

namespace Causality.Standalone.Commands;

/// <summary><c>causality append FILE</c>: all of a file's entries, or none.</summary>
/// <remarks>The whole file is read and checked, then checked against the log, before the first entry is appended. Appending a file again is harmless.</remarks>
internal static class AppendCommand
{
    private const int BatchEntries = 5_000;
    private const int BatchBytes = AppendLimits.MaxBatchBytes / 2;

    public static Command Create(CommonOptions common)
    {
        var file = new Argument<string>("FILE") { Description = "JSON Lines, plain or gzip: one entry a line." };
        return common.Command("append", "Append a file's entries to the log: all of them or, if anything is wrong, none.",
            (parsed, client, cancellationToken) => RunAsync(parsed.GetValue(file)!, parsed.GetValue(common.Json), client, cancellationToken), file).WithExamples("causality append entries.jsonl", "causality append entries.jsonl.gz --json");
    }

    private static async Task<int> RunAsync(string path, bool json, OperatorClient client, CancellationToken cancellationToken)
    {
        var (appended, present) = await ProgressView.RunAsync(json, async progress =>
        {
            var entries = await CheckAsync(path, progress, cancellationToken);
            await SendAsync(path, client, dryRun: true, done => progress.Report(new("checking against the log", done, entries)), cancellationToken);
            var sent = await SendAsync(path, client, dryRun: false, done => progress.Report(new("appending", done, entries)), cancellationToken);
            // Whoever appends a file and asks for a sync in the next line means these entries, too.
            await client.PublishAsync(cancellationToken);
            return sent;
        });
        Console.WriteLine(json ? JsonSerializer.Serialize(new { appended, already_present = present }) : $"{Show.Entries(appended)} appended, {Output.Number(present)} already in the log.");
        return Failures.Success;
    }

    private static async Task<long> CheckAsync(string path, IProgress<MaintenanceProgress> progress, CancellationToken cancellationToken)
    {
        var entries = 0L;
        var seen = new Dictionary<ContentHash, (ContentHash Hash, int Line)>();
        await foreach (var (line, entry) in JsonLinesFile.ReadAsync(path, cancellationToken))
        {
            progress.Report(new("reading the file", ++entries, 0));
            var key = ContentHash.Of(System.Text.Encoding.UTF8.GetBytes(entry.Id));
            if (!seen.TryAdd(key, (entry.Hash, line)) && seen[key].Hash != entry.Hash)
                throw new InputException($"{path}, line {line}: id: '{Printable.Shorten(entry.Id)}' stands on line {seen[key].Line} with other content; entries are immutable, so give the new one its own id.");
        }

        return entries;
    }

    private static async Task<(long Appended, long Present)> SendAsync(string path, OperatorClient client, bool dryRun, Action<long> tell, CancellationToken cancellationToken)
    {
        var (batch, lines, bytes) = (new List<LogEntry>(), new List<int>(), 0);
        var (appended, present) = (0L, 0L);
        await foreach (var (line, entry) in JsonLinesFile.ReadAsync(path, cancellationToken))
        {
            if (batch.Count == BatchEntries || (batch.Count > 0 && bytes + entry.CanonicalBytes.Length > BatchBytes))
                await FlushAsync();
            batch.Add(entry);
            lines.Add(line);
            bytes += entry.CanonicalBytes.Length + 1;
        }

        if (batch.Count > 0)
            await FlushAsync();
        return (appended, present);

        async Task FlushAsync()
        {
            try
            {
                var answer = await client.AppendAsync(batch, dryRun, cancellationToken);
                appended += answer.Appended;
                present += answer.AlreadyPresent;
                tell(appended + present);
            }
            catch (ProblemException exception) when (exception.Line is { } line && line >= 1 && line <= lines.Count)
            {
                throw new InputException($"{path}, line {lines[line - 1]}: {exception.Message} Nothing was appended{(dryRun ? "" : " of this batch")}.", exception);
            }

            batch.Clear();
            lines.Clear();
            bytes = 0;
        }
    }
}
