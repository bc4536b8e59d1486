using Causality.Contracts.Http;
using Causality.Protocol.Identity;
using Causality.Protocol.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Causality.Protocol.Server;

/// <summary>Routes that tell of segments without sending them.</summary>
internal static class SegmentListHandlers
{
    private static readonly PeerLimits Limits = new()
    {
        PageSize = SyncLimits.MaxPageSize,
        MetadataIds = SyncLimits.MaxMetadataIds,
        FetchSegments = SyncLimits.MaxFetchSegments,
        EntryHashes = SyncLimits.MaxEntryHashes,
        RequestBytes = SyncLimits.MaxRequestBytes,
    };

    public static async Task InfoAsync(HttpContext context)
    {
        var head = await PeerLog.Of(context).GetHeadAsync(context.RequestAborted);
        await AnswerAsync(context, new PeerInfoAnswer
        {
            Operator = context.RequestServices.GetRequiredService<OperatorIdentity>().OperatorId.Value,
            Versions = [1],
            Capabilities = [SyncCapabilities.Symbols],
            Scope = PeerLog.ScopeOf(context).Prefixes,
            Root = head.Fingerprint.ToRoot(),
            SegmentCount = head.SegmentCount,
            EntryCount = head.EntryCount,
            SizeBytes = head.SizeBytes,
            Limits = Limits,
        });
    }

    public static async Task ListAsync(HttpContext context)
    {
        var limit = (int)RequestValues.Number(context.Request, "limit", 1, SyncLimits.MaxPageSize, SyncLimits.DefaultPageSize);
        Core.SegmentId? after = context.Request.Query.ContainsKey("after") ? RequestValues.SegmentId(context.Request.Query["after"], "after") : null;
        var page = await PeerLog.Of(context).GetSegmentMetadataAsync(after, limit, context.RequestAborted);
        await AnswerAsync(context, new SegmentPage
        {
            Segments = [.. page.Select(WireSegments.Describe)],

            // A full page may be the last one: then the next page is empty, which costs less than looking ahead every time.
            Next = page.Count == limit ? page[^1].Id.Value : null,
        });
    }

    public static async Task MetadataAsync(HttpContext context)
    {
        var request = await RequestBody.ReadJsonAsync<SegmentMetadataRequest>(context, SyncLimits.MaxRequestBytes);
        RequestValues.AtMost(request.Ids.Count, SyncLimits.MaxMetadataIds, "ids");
        var ids = request.Ids.Select((id, index) => RequestValues.SegmentId(id, $"ids[{index}]")).ToHashSet();
        var found = await PeerLog.Of(context).GetSegmentMetadataAsync(ids, context.RequestAborted);
        await AnswerAsync(context, new SegmentMetadataAnswer { Segments = [.. found.Select(WireSegments.Describe)] });
    }

    private static Task AnswerAsync<T>(HttpContext context, T answer) =>
        context.Response.WriteAsJsonAsync(answer, ProtocolJson.Answers, SyncMediaTypes.Json, context.RequestAborted);
}
