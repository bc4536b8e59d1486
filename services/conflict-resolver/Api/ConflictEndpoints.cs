using System.Text.Json;
using Causality.ConflictResolver.Ledger;
using Causality.Contracts.Http;
using Causality.Contracts.Http.Control;
using Causality.Core;
using Causality.Protocol.Server;
using Causality.Protocol.Server.Problems;
using Causality.Protocol.Wire;
using Causality.ServiceDefaults.Control;
using Causality.Storage.Database;
using Causality.Storage.Log.Index;

namespace Causality.ConflictResolver.Api;

/// <summary>Reading the ledger.</summary>
internal static class ConflictEndpoints
{
    private const int DefaultPage = 100;
    private const int MostOfReport = 100;

    public static void MapConflicts(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(ConflictRoutes.Conflicts, ListAsync).NeedsRole(ControlPolicies.Read);
        routes.MapGet(ConflictRoutes.Details, DetailsAsync).NeedsRole(ControlPolicies.Read);
        routes.MapGet(ConflictRoutes.Entry, EntryAsync).NeedsRole(ControlPolicies.Read);
        routes.MapGet(ConflictRoutes.Summary, async (HttpContext context, CausalityDbContext database) => await AnswerAsync(context, await LedgerQueries.SummaryAsync(database, context.RequestAborted))).NeedsRole(ControlPolicies.Read);
        routes.MapGet(ConflictRoutes.Report, ReportAsync).NeedsRole(ControlPolicies.Read);
        routes.MapGet(ConflictRoutes.Export, ExportAsync).NeedsRole(ControlPolicies.Read);
        routes.MapDecisions();
    }

    internal static Task AnswerAsync<T>(HttpContext context, T answer) => context.Response.WriteAsJsonAsync(answer, ProtocolJson.Answers, SyncMediaTypes.Json, context.RequestAborted);

    private static async Task ListAsync(HttpContext context, CausalityDbContext database)
    {
        var limit = (int)RequestValues.Number(context.Request, "limit", 1, ConflictRoutes.MaxPage, DefaultPage);
        var rows = await LedgerQueries.PageAsync(database, ConflictValues.Query(context.Request), limit, context.RequestAborted);
        await AnswerAsync(context, new ConflictPage { Conflicts = rows.ConvertAll(LedgerAnswers.Describe), Next = rows.Count == limit ? rows[^1].Version : null });
    }

    private static async Task DetailsAsync(HttpContext context, CausalityDbContext database, ConflictDescriber describer)
    {
        var subject = ConflictValues.Text(context.Request, "subject") ?? throw ConflictValues.OutOfRange("subject", "subject names the conflict: an entry id, or a timestamp in decimal.");
        var kind = ConflictValues.Kind(ConflictValues.Text(context.Request, "kind"), "kind");
        await AnswerAsync(context, await describer.DescribeAsync(database, kind, subject, context.RequestAborted) ?? throw ConflictValues.Unknown(subject));
    }

    /// <summary>One version as it stands in the log, however long it is.</summary>
    private static async Task EntryAsync(HttpContext context, EntryIndex index)
    {
        var hash = RequestValues.Hash(ConflictValues.Text(context.Request, "hash") ?? throw ConflictValues.OutOfRange("hash", "hash names the entry: 64 hexadecimal digits."), "hash");
        var entry = await index.ReadAsync(hash, context.RequestAborted)
            ?? throw new RequestProblemException(StatusCodes.Status404NotFound, ProblemTypes.EntryNotFound, $"There is no entry with the hash {hash} in the log.").In("hash");
        context.Response.ContentType = SyncMediaTypes.Json;
        context.Response.ContentLength = entry.CanonicalBytes.Length;
        await context.Response.Body.WriteAsync(entry.CanonicalBytes, context.RequestAborted);
    }

    private static async Task ReportAsync(HttpContext context, CausalityDbContext database)
    {
        var from = RequestValues.Number(context.Request, "from", 0, EntryLimits.MaxTimestamp, 0);
        var to = RequestValues.Number(context.Request, "to", 0, EntryLimits.MaxTimestamp, EntryLimits.MaxTimestamp);
        await AnswerAsync(context, await CollisionReport.MakeAsync(database, from, to, (int)RequestValues.Number(context.Request, "top", 1, MostOfReport, 10), context.RequestAborted));
    }

    /// <summary>Oldest change first, a page at a time: what changes meanwhile comes again at the end, and nothing is left out.</summary>
    private static async Task ExportAsync(HttpContext context, CausalityDbContext database)
    {
        var query = ConflictValues.Query(context.Request) with { NewestFirst = false };
        context.Response.ContentType = SyncMediaTypes.Lines;
        for (var isLast = false; !isLast;)
        {
            var rows = await LedgerQueries.PageAsync(database, query, ConflictRoutes.MaxPage, context.RequestAborted);
            isLast = rows.Count < ConflictRoutes.MaxPage;
            foreach (var group in rows.GroupBy(row => row.Kind))
            {
                var subjects = group.Select(row => row.Subject).ToList();
                var versions = await LedgerQueries.VersionsAsync(database, group.Key, subjects, context.RequestAborted);
                var history = await LedgerQueries.HistoryAsync(database, group.Key, subjects, context.RequestAborted);
                foreach (var row in group)
                    await WriteAsync(context, row, versions[row.Subject], history[row.Subject]);
            }

            query = query with { After = rows.Count == 0 ? null : rows[^1].Version };
        }
    }

    private static async Task WriteAsync(HttpContext context, LedgerRecord row, IEnumerable<VersionRecord> versions, IEnumerable<DecisionRecord> history)
    {
        var line = new ConflictRecordLine
        {
            Conflict = LedgerAnswers.Describe(row),
            Versions = [.. versions.Select(version => LedgerMessages.Describe(version, row.Round))],
            History = [.. history.Select(LedgerAnswers.Describe)],
        };
        await JsonSerializer.SerializeAsync(context.Response.Body, line, ProtocolJson.Answers, context.RequestAborted);
        await context.Response.Body.WriteAsync("\n"u8.ToArray(), context.RequestAborted);
    }
}
