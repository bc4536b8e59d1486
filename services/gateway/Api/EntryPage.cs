using System.Buffers;
using Causality.Contracts.Http;
using Causality.Core;
using Causality.Protocol.Server;
using Causality.Storage.Log;

namespace Causality.Gateway.Api;

/// <summary>Reads one page of the log. A page ends at its limit or at four megabytes, whichever comes first, and names the cursor of the next.</summary>
internal static class EntryPage
{
    private const int DefaultLimit = 1_000;
    private const int MaxLimit = 10_000;
    private const int MaxPageBytes = 4 * 1024 * 1024;

    public static async Task ReadAsync(HttpContext context)
    {
        var limit = (int)RequestValues.Number(context.Request, "limit", 1, MaxLimit, DefaultLimit);
        var query = new LogQuery
        {
            After = EntryCursor.Read(context.Request),
            FromTimestamp = RequestValues.Number(context.Request, "from", 0, EntryLimits.MaxTimestamp, 0),
            ToTimestamp = RequestValues.Number(context.Request, "to", 0, EntryLimits.MaxTimestamp, long.MaxValue),
            AllVersions = RequestValues.Flag(context.Request, "all_versions"),
        };
        var log = context.RequestServices.GetRequiredService<ILogStorage>();
        var page = new ArrayBufferWriter<byte>();
        var next = await FillAsync(page, limit, log.ReadAsync(query, context.RequestAborted));

        if (next is not null)
        {
            context.Response.Headers[SyncHeaders.Next] = next;
            context.Response.Headers.Link = $"<{NextUrl(context.Request, next)}>; rel=\"next\"";
        }

        context.Response.ContentType = SyncMediaTypes.Lines;
        context.Response.ContentLength = page.WrittenCount;
        await context.Response.Body.WriteAsync(page.WrittenMemory, context.RequestAborted);
    }

    /// <returns>The cursor of the next page; null when the log ends with this one.</returns>
    private static async Task<string?> FillAsync(ArrayBufferWriter<byte> page, int limit, IAsyncEnumerable<LogEntry> entries)
    {
        LogEntry? last = null;
        var count = 0;
        await foreach (var entry in entries)
        {
            if (last is not null && (count == limit || page.WrittenCount + entry.CanonicalBytes.Length >= MaxPageBytes))
                return EntryCursor.Of(last);

            page.Write(entry.CanonicalBytes.Span);
            page.Write("\n"u8);
            last = entry;
            count++;
        }

        return null;
    }

    private static string NextUrl(HttpRequest request, string next)
    {
        var query = QueryString.Create(request.Query.Where(pair => pair.Key != "after")).Add("after", next);
        return ApplicationRoutes.Entries + query.ToUriComponent();
    }
}
