using Causality.Contracts.Http;
using Causality.Core;
using Causality.Protocol.Reconciling;
using Causality.Protocol.Server.Problems;
using Causality.Protocol.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Causality.Protocol.Server;

/// <summary>Routes that find out what differs: binary bodies to and from the <see cref="ReconciliationDesk"/>.</summary>
internal static class ReconciliationHandlers
{
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
        if (isText && WireEncoding.Choose(context.Request) is { } encoding && await CompressAsync(answer, encoding) is { } compressed && compressed.Length < answer.Length)
        {
            context.Response.Headers.ContentEncoding = encoding;
            answer = compressed;
        }

        context.Response.ContentLength = answer.Length;
        await context.Response.Body.WriteAsync(answer, context.RequestAborted);
    }

    private static async Task<byte[]> CompressAsync(byte[] answer, string encoding)
    {
        using var compressed = new MemoryStream();
        await using (var stream = WireEncoding.Compressing(compressed, encoding))
            await stream.WriteAsync(answer);
        return compressed.ToArray();
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
