using Causality.Contracts.Http;
using Causality.Core;
using Causality.Protocol.Server.Limits;
using Causality.Protocol.Server.Problems;
using Causality.Protocol.Wire;
using Causality.Storage.Log;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Causality.Protocol.Server;

/// <summary>Takes a segment, or some entries of one, from a peer: checked, united with our copy, durable before the answer. Idempotent.</summary>
internal static class PushHandler
{
    public static async Task PutAsync(HttpContext context)
    {
        var id = RequestValues.SegmentId(context.Request.RouteValues["id"] as string, "id");
        RequireShared(context, id);
        RequestBody.RequireMediaType(context.Request, SyncMediaTypes.Segment);
        var origin = OriginOf(context.Request);
        var expected = RequestValues.Hash(context.Request.Headers[SyncHeaders.ContentHash], SyncHeaders.ContentHash);
        var length = LengthOf(context.Request);

        var budgets = context.RequestServices.GetRequiredService<PeerBudgets>();
        using var place = budgets.Uploads.Enter(PeerAuthentication.PeerOf(context)!.Id);
        place.Take(length);
        ReadOnlyMemory<byte> content = default;
        await RequestDeadline.WithinAsync(budgets.Limits.UploadTimeFor(length), context, async () => content = await RequestBody.ReadAsync(context, length));
        var result = await ImportAsync(context, () => LogSegment.Check(id, origin, content, expected));
        await context.Response.WriteAsJsonAsync(
            new PushAnswer { ContentHash = result.Metadata.ContentHash.ToString(), EntriesAdded = result.EntriesAdded }, ProtocolJson.Answers, SyncMediaTypes.Json, context.RequestAborted);
    }

    private static async Task<ImportResult> ImportAsync(HttpContext context, Func<LogSegment> check)
    {
        var segment = Checked(check);
        try
        {
            // The log remembers who brought it, for the day when two entries quarrel.
            return await PeerLog.Of(context).ImportSegmentAsync(segment, PeerAuthentication.PeerOf(context)!.Id, QuotaOf(context), context.RequestAborted);
        }
        catch (PeerQuotaExceededException exceeded)
        {
            throw new RequestProblemException(
                StatusCodes.Status507InsufficientStorage, ProblemTypes.PeerQuotaExceeded, "Your pushes have added as much to this log as they may: ask this operator to raise the quota.", exceeded).With("quota_bytes", exceeded.QuotaBytes);
        }
        catch (SegmentInvalidException tooLarge)
        {
            throw new RequestProblemException(StatusCodes.Status422UnprocessableEntity, ProblemTypes.SegmentTooLarge, $"The union with what is here is over the limits: {tooLarge.Message}", tooLarge);
        }
    }

    private static LogSegment Checked(Func<LogSegment> check)
    {
        try
        {
            return check();
        }
        catch (ContentHashMismatchException mismatch)
        {
            throw new RequestProblemException(StatusCodes.Status422UnprocessableEntity, ProblemTypes.ContentHashMismatch, mismatch.Message, mismatch)
                .With("expected", mismatch.Expected.ToString()).With("found", mismatch.Actual.ToString());
        }
        catch (SegmentInvalidException invalid)
        {
            throw new RequestProblemException(StatusCodes.Status422UnprocessableEntity, ProblemTypes.SegmentInvalid, invalid.Message, invalid).With("line", invalid.Line);
        }
    }

    private static long QuotaOf(HttpContext context) =>
        context.RequestServices.GetRequiredService<PeerBudgets>().Limits.StorageQuotaBytes is > 0 and var quota ? quota : long.MaxValue;

    private static void RequireShared(HttpContext context, SegmentId id)
    {
        if (PeerLog.ScopeOf(context) is var scope && !scope.Contains(id))
        {
            throw new RequestProblemException(
                StatusCodes.Status403Forbidden, ProblemTypes.OutOfScope, "Segments of that name are not shared with you here: ask this operator to widen the scope.").In("id").With("scope", scope.Prefixes!);
        }
    }

    private static OperatorId OriginOf(HttpRequest request) => OperatorId.TryParse(request.Headers[SyncHeaders.Origin], out var origin)
        ? origin
        : throw new RequestProblemException(StatusCodes.Status400BadRequest, ProblemTypes.FieldOutOfRange, "The header names the operator that writes the segment, by its operator id.").In(SyncHeaders.Origin);

    private static int LengthOf(HttpRequest request) => request.ContentLength switch
    {
        null or 0 => throw new RequestProblemException(StatusCodes.Status400BadRequest, ProblemTypes.BadRequest, "A segment comes with its length in Content-Length, and is never empty."),
        > SegmentLimits.MaxBytes => throw new RequestProblemException(StatusCodes.Status413PayloadTooLarge, ProblemTypes.PayloadTooLarge, $"The body is over {SegmentLimits.MaxBytes} bytes; send less at once."),
        var length => (int)length,
    };
}
