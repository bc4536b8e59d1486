using Causality.Contracts.Http;
using Causality.Core;
using Causality.Protocol.Server.Problems;
using Causality.Protocol.Wire;
using Microsoft.AspNetCore.Http;

namespace Causality.Protocol.Server;

/// <summary>Compares the caller's list of segments with ours, for callers that want an answer and no protocol. Seed: <c>get_log_diff</c>.</summary>
internal static class DiffHandler
{
    public static async Task DiffAsync(HttpContext context)
    {
        var request = await RequestBody.ReadJsonAsync<DiffRequest>(context, SyncLimits.MaxRequestBytes);
        RequestValues.AtMost(request.Segments.Count, SyncLimits.MaxDiffSegments, "segments");
        SegmentId? after = request.After is null ? null : RequestValues.SegmentId(request.After, "after");
        SegmentId? until = request.Until is null ? null : RequestValues.SegmentId(request.Until, "until");
        var theirs = Read(request.Segments, after, until);

        var storage = PeerLog.Of(context);
        var head = await storage.GetHeadAsync(context.RequestAborted);
        var page = await storage.GetSegmentMetadataAsync(after, SyncLimits.MaxDiffSegments, context.RequestAborted);
        SegmentId? next = page.Count == SyncLimits.MaxDiffSegments && (until is null || page[^1].Id < until) ? page[^1].Id : null;
        var ours = page.Where(segment => until is null || segment.Id <= until).ToList();
        await context.Response.WriteAsJsonAsync(Compare(ours, theirs, next) with { Root = head.Fingerprint.ToRoot() }, ProtocolJson.Answers, SyncMediaTypes.Json, context.RequestAborted);
    }

    private static Dictionary<SegmentId, ContentHash> Read(IReadOnlyList<WantedSegment> segments, SegmentId? after, SegmentId? until)
    {
        var (found, last) = (new Dictionary<SegmentId, ContentHash>(segments.Count), after);
        for (var index = 0; index < segments.Count; index++)
        {
            var id = RequestValues.SegmentId(segments[index]?.Id, $"segments[{index}].id");
            if (id <= last || id > until)
            {
                throw new RequestProblemException(
                    StatusCodes.Status400BadRequest, ProblemTypes.FieldOutOfRange, "The segments ascend strictly by id, and lie behind after and not behind until.").In($"segments[{index}].id");
            }

            found.Add(id, RequestValues.Hash(segments[index].ContentHash, $"segments[{index}].content_hash"));
            last = id;
        }

        return found;
    }

    private static DiffAnswer Compare(List<SegmentMetadata> ours, Dictionary<SegmentId, ContentHash> theirs, SegmentId? next)
    {
        var known = ours.Select(segment => segment.Id).ToHashSet();
        return new DiffAnswer
        {
            Root = "",
            MissingLocally = [.. ours.Where(segment => !theirs.ContainsKey(segment.Id)).Select(WireSegments.Describe)],
            MissingRemotely = [.. theirs.Keys.Where(id => !known.Contains(id) && (next is null || id <= next)).Order().Select(id => id.Value)],
            Differing = [.. ours.Where(segment => theirs.TryGetValue(segment.Id, out var hash) && hash != segment.ContentHash).Select(WireSegments.Describe)],
            Next = next?.Value,
        };
    }
}
