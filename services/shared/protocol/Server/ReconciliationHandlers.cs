using System.IO.Compression;
using Causality.Contracts.Http;
using Causality.Core;
using Causality.Protocol.Reconciling;
using Causality.Protocol.Server.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Causality.Protocol.Server;

/// <summary>Routes that find out what differs: binary bodies to and from the <see cref="ReconciliationDesk"/>.</summary>
internal static class ReconciliationHandlers
{
    private const int Quality = 5;
    private const int Window = 20;

    public static Task SegmentsAsync(HttpContext context) => AnswerAsync(context, SyncMediaTypes.Negentropy, (desk, body) => desk.ReconcileAsync(body, context.RequestAborted));

    public static Task EntriesAsync(HttpContext context)
    {
        var id = RequestValues.SegmentId(context.Request.RouteValues["id"] as string, "id");
        return AnswerAsync(context, SyncMediaTypes.Negentropy, async (desk, body) =>
            await desk.ReconcileSegmentAsync(id, body, context.RequestAborted) ?? throw SegmentContentHandlers.SegmentNotFound(id));
    }

    public static Task SegmentSymbolsAsync(HttpContext context) => AnswerAsync(context, SyncMediaTypes.Reconciliation, (desk, body) => desk.SegmentSymbolsAsync(body, context.RequestAborted));

    public static Task MetadataAsync(HttpContext context) => AnswerAsync(context, SyncMediaTypes.Reconciliation, (desk, body) => desk.SegmentsAsync(body, context.RequestAborted), isText: true);

    public static Task EntrySymbolsAsync(HttpContext context) => AnswerAsync(context, SyncMediaTypes.Reconciliation, (desk, body) => desk.EntrySymbolsAsync(body, context.RequestAborted));

    public static Task EntryHashesAsync(HttpContext context) => AnswerAsync(context, SyncMediaTypes.Reconciliation, (desk, body) => desk.EntryHashesAsync(body, context.RequestAborted));

    private static async Task AnswerAsync(HttpContext context, string mediaType, Func<ReconciliationDesk, ReadOnlyMemory<byte>, Task<byte[]>> ask, bool isText = false)
    {
        RequestBody.RequireMediaType(context.Request, mediaType);
        var body = await RequestBody.ReadAsync(context, SyncLimits.MaxReconciliationBytes);
        var answer = await AskAsync(context, body, ask);
        context.Response.ContentType = mediaType;
        // Names and numbers get much smaller; hashes and symbols do not.
        if (isText && FrameOutput.Takes(context.Request) && TryCompress(answer) is { } compressed)
        {
            context.Response.Headers.ContentEncoding = SyncMediaTypes.Brotli;
            answer = compressed;
        }

        context.Response.ContentLength = answer.Length;
        await context.Response.Body.WriteAsync(answer, context.RequestAborted);
    }

    private static byte[]? TryCompress(byte[] answer)
    {
        var compressed = new byte[answer.Length];
        return BrotliEncoder.TryCompress(answer, compressed, out var length, Quality, Window) && length < answer.Length ? compressed[..length] : null;
    }

    private static async Task<byte[]> AskAsync(HttpContext context, ReadOnlyMemory<byte> body, Func<ReconciliationDesk, ReadOnlyMemory<byte>, Task<byte[]>> ask)
    {
        try
        {
            return await ask(PeerLog.DeskOf(context), body);
        }
        catch (ProtocolViolationException fault)
        {
            throw new RequestProblemException(StatusCodes.Status400BadRequest, ProblemTypes.MalformedMessage, $"The body cannot be read: {fault.Message}", fault);
        }
    }
}
