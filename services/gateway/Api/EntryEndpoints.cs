using Causality.Contracts.Http;
using Causality.Core;
using Causality.Protocol.Server;
using Causality.Protocol.Server.Limits;
using Causality.Protocol.Server.Listeners;
using Causality.Protocol.Server.Problems;
using Causality.Protocol.Wire;
using Causality.Storage.Log;
using Microsoft.AspNetCore.Http.Features;
using Causality.ServiceDefaults.Control;

namespace Causality.Gateway.Api;

/// <summary>Appending and reading entries.</summary>
internal static class EntryEndpoints
{
    public static void MapEntries(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(ApplicationRoutes.Entries, AppendAsync).OnListener(ListenerKind.Application).RequireAuthorization(ControlPolicies.Append);
        routes.MapGet(ApplicationRoutes.Entries, EntryPage.ReadAsync).OnListener(ListenerKind.Application).RequireAuthorization(ControlPolicies.Read);
        routes.MapGet(ApplicationRoutes.Entry, GetAsync).OnListener(ListenerKind.Application).RequireAuthorization(ControlPolicies.Read);
    }

    private static async Task AppendAsync(HttpContext context)
    {
        var isDryRun = RequestValues.Flag(context.Request, "dry_run");
        using var place = context.RequestServices.GetRequiredService<BodyRoom<string>>().Enter(context.User.Identity?.Name ?? "");
        var entries = await AppendBody.ReadAsync(context, place);
        var log = context.RequestServices.GetRequiredService<ILogStorage>();
        try
        {
            var result = isDryRun ? await log.CheckBatchAsync(entries, context.RequestAborted) : await log.AppendBatchAsync(entries, context.RequestAborted);
            await context.Response.WriteAsJsonAsync(
                new AppendAnswer { Appended = result.Appended, AlreadyPresent = result.AlreadyPresent }, ProtocolJson.Answers, SyncMediaTypes.Json, context.RequestAborted);
        }
        catch (DuplicateEntryException duplicate)
        {
            throw new RequestProblemException(StatusCodes.Status409Conflict, ProblemTypes.DuplicateEntry, $"Line {duplicate.Index + 1}: {duplicate.Message} Nothing was appended.", duplicate)
                .In("id").With("line", duplicate.Index + 1).With("id", duplicate.EntryId)
                .With("existing_hash", duplicate.Existing.ToString()).With("offered_hash", duplicate.Offered.ToString());
        }
    }

    private static async Task GetAsync(HttpContext context)
    {
        var id = IdOf(context);
        var entry = await context.RequestServices.GetRequiredService<ILogStorage>().GetByIdAsync(id, context.RequestAborted)
            ?? throw new RequestProblemException(StatusCodes.Status404NotFound, ProblemTypes.EntryNotFound, $"There is no entry '{Printable.Shorten(id)}' in the log.").In("id");
        context.Response.ContentType = SyncMediaTypes.Json;
        context.Response.ContentLength = entry.CanonicalBytes.Length;
        context.Response.Headers.ETag = $"\"{entry.Hash}\"";
        await context.Response.Body.WriteAsync(entry.CanonicalBytes, context.RequestAborted);
    }

    /// <summary>The id as it was sent: an id may hold any character, so it is decoded once from the raw target and not by the router, which leaves <c>%2F</c> alone.</summary>
    private static string IdOf(HttpContext context)
    {
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        var path = target.AsSpan(0, target.IndexOf('?', StringComparison.Ordinal) is >= 0 and var query ? query : target.Length);
        var start = path.IndexOf(ApplicationRoutes.Entries + "/", StringComparison.OrdinalIgnoreCase);
        return start < 0 ? context.Request.RouteValues["id"] as string ?? "" : Uri.UnescapeDataString(path[(start + ApplicationRoutes.Entries.Length + 1)..]);
    }
}
