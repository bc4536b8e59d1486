using System.CommandLine;
using System.Globalization;
using Causality.Contracts.Http;
using Causality.Standalone.Client;
using Causality.Standalone.Commands.Help;
using Causality.Storage.Maintenance;

namespace Causality.Standalone.Commands;

/// <summary><c>causality log</c>: the log as JSON Lines, winners only unless told otherwise.</summary>
internal static class LogCommand
{
    private const int PageSize = 10_000;

    public static Command Create(CommonOptions common)
    {
        var from = new Option<long>("--from") { Description = "Smallest timestamp, in milliseconds since the Unix epoch." };
        var to = new Option<long?>("--to") { Description = "Greatest timestamp, included. Default: no bound." };
        var limit = new Option<long?>("--limit") { Description = "Most entries to print. Default: all." };
        var allVersions = new Option<bool>("--all-versions") { Description = "Also print entries that lost a conflict." };
        return common.Command("log", "Print the log in (timestamp, hash) order, one entry a line.", async (parsed, client, cancellationToken) =>
        {
            var filter = string.Create(CultureInfo.InvariantCulture, $"from={parsed.GetValue(from)}&to={parsed.GetValue(to) ?? Core.EntryLimits.MaxTimestamp}&all_versions={(parsed.GetValue(allVersions) ? "true" : "false")}");
            await ProgressView.RunWhilePrintingAsync(progress => PrintAsync(client, filter, parsed.GetValue(limit) ?? long.MaxValue, progress, cancellationToken));
            return Failures.Success;
        }, from, to, limit, allVersions).WithExamples("causality log --limit 10", "causality log --from 1767225600000 --all-versions");
    }

    private static async Task<long> PrintAsync(OperatorClient client, string filter, long limit, IProgress<MaintenanceProgress> progress, CancellationToken cancellationToken)
    {
        await using var output = Console.OpenStandardOutput();
        string? after = null;
        var printed = 0L;
        for (var remaining = limit; remaining > 0;)
        {
            var page = Math.Min(remaining, PageSize);
            var cursor = after is null ? "" : $"&after={after}";
            using var response = await client.ReadEntriesAsync(string.Create(CultureInfo.InvariantCulture, $"?{filter}&limit={page}{cursor}"), cancellationToken);
            printed = await PrintedLines.CopyAsync(response, output, "entries printed", printed, progress, cancellationToken);
            after = NextCursor(response);
            if (after is null)
                break;
            remaining -= page;
        }

        return printed;
    }

    private static string? NextCursor(HttpResponseMessage response) =>
        response.Headers.TryGetValues(SyncHeaders.Next, out var values) || response.TrailingHeaders.TryGetValues(SyncHeaders.Next, out values) ? values.FirstOrDefault() : null;
}
