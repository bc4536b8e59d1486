using System.Diagnostics;
using System.Text.Json;
using Causality.Contracts.Http;
using Causality.Protocol.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Causality.Protocol.Server.Problems;

/// <summary>Writes problem answers.</summary>
internal static class ProblemWriter
{
    public static Task WriteAsync(HttpContext context, int status, string type, string detail, IEnumerable<KeyValuePair<string, object>>? members = null)
    {
        var problem = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["type"] = type,
            ["title"] = ReasonPhrases.GetReasonPhrase(status),
            ["status"] = status,
            ["detail"] = detail,
        };
        foreach (var (name, value) in members ?? [])
            problem[name] = value;
        problem["trace_id"] = TraceIdOf(context);

        var body = JsonSerializer.SerializeToUtf8Bytes(problem, ProtocolJson.Answers);
        context.Response.StatusCode = status;
        context.Response.ContentType = SyncMediaTypes.Problem;
        context.Response.ContentLength = body.Length;
        context.Response.Headers.CacheControl = "no-store";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(body, CancellationToken.None).AsTask();
    }

    /// <summary>The type and the detail for a status that something below the handlers has set.</summary>
    public static (string Type, string Detail) ForStatus(int status) => status switch
    {
        StatusCodes.Status404NotFound => (ProblemTypes.NotFound, "There is no such route here."),
        StatusCodes.Status405MethodNotAllowed => (ProblemTypes.MethodNotAllowed, "The route does not have this method; see the Allow header."),
        StatusCodes.Status408RequestTimeout => (ProblemTypes.RequestTimeout, "The request did not arrive in time."),
        StatusCodes.Status413PayloadTooLarge => (ProblemTypes.PayloadTooLarge, "The body is over the limit of this route; send less at once."),
        StatusCodes.Status415UnsupportedMediaType => (ProblemTypes.UnsupportedMediaType, "The route does not take this content type."),
        >= 500 => (ProblemTypes.InternalError, "The server failed; its log has more under the trace id."),
        _ => (ProblemTypes.BadRequest, "The request is not well-formed HTTP."),
    };

    public static string TraceIdOf(HttpContext context) => Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;
}
