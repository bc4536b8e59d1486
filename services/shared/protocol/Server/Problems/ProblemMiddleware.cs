using Causality.Contracts.Http;
using Causality.Protocol.Server.Listeners;
using Causality.Core;
using Causality.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Causality.Protocol.Server.Problems;

/// <summary>Turns everything that goes wrong with a request into a problem answer, and counts and logs it once.</summary>
internal sealed class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> logger)
{
    private const int RetryAfterSeconds = 5;
    private const int LongestRetryAfterSeconds = 3_600;

    private readonly LogPace _pace = new(TimeProvider.System);

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentLength: null, ContentType: null })
                await AnswerAsync(context, ForStatus(context.Response.StatusCode, null));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone; there is nobody to answer.
        }
        catch (Exception exception)
        {
            var problem = Map(exception);
            if (IsOurFault(problem))
                logger.RequestFailed(exception, MethodOf(context), Printable.Shorten(context.Request.Path, 256), ProblemWriter.TraceIdOf(context));
            if (context.Response.HasStarted)
            {
                context.Abort();
                return;
            }

            context.Response.Clear();
            await AnswerAsync(context, problem);
        }
    }

    private async Task AnswerAsync(HttpContext context, RequestProblemException problem)
    {
        ServerMetrics.Refused(problem.Status, problem.Type, PeerAuthentication.PeerOf(context)?.Id.Value);
        if (!IsOurFault(problem))
            LogRefusal(context, problem);
        if (problem.Status is StatusCodes.Status503ServiceUnavailable or StatusCodes.Status429TooManyRequests)
            context.Response.Headers.RetryAfter = SecondsOf(problem).ToString(System.Globalization.CultureInfo.InvariantCulture);

        if (MustKnockAnew(context, problem))
            context.Response.Headers.Connection = "close";
        await ProblemWriter.WriteAsync(context, problem.Status, problem.Type, problem.Message, problem.Members);
    }

    // Who may not come in, or has not shown that he may, has no business with an open connection: on it the next request would cost nothing.
    private static bool MustKnockAnew(HttpContext context, RequestProblemException problem) => problem.Status == StatusCodes.Status401Unauthorized
        || (context.Features.Get<IListenerFeature>()?.Kind == ListenerKind.Peer && PeerAuthentication.PeerOf(context) is null);

    private static bool IsOurFault(RequestProblemException problem) => problem.Status is >= StatusCodes.Status500InternalServerError and not StatusCodes.Status507InsufficientStorage;

    private static int SecondsOf(RequestProblemException problem) => problem.RetryAfter is { } wait
        ? (int)Math.Clamp(Math.Ceiling(wait.TotalSeconds), 1, LongestRetryAfterSeconds)
        : problem.Status == StatusCodes.Status503ServiceUnavailable ? RetryAfterSeconds : 1;

    // What our own applications get wrong is between them and us; who knocks at the peers' door is worth knowing.
    private void LogRefusal(HttpContext context, RequestProblemException problem)
    {
        if (context.Features.Get<IListenerFeature>()?.Kind == ListenerKind.Application)
            logger.ApplicationRefused(problem.Type, problem.Status, MethodOf(context), Printable.Shorten(context.Request.Path, 256), ProblemWriter.TraceIdOf(context));
        else if (_pace.TryTake(out var left))
        {
            logger.RequestRefused(
                problem.Type, problem.Status, MethodOf(context), PeerAuthentication.PeerOf(context)?.Id.Value ?? "none",
                context.Connection.RemoteIpAddress, PeerAuthentication.PinOf(context) ?? "none", ProblemWriter.TraceIdOf(context), left);
        }
    }

    // Callers may make methods and paths up, line breaks and all: neither becomes a line of the log.
    private static string MethodOf(HttpContext context) => Printable.Shorten(context.Request.Method, 32);

    private static RequestProblemException Map(Exception exception) => exception switch
    {
        RequestProblemException problem => problem,
        BadHttpRequestException bad => ForStatus(bad.StatusCode, bad),

        // What the server throws, instead of the above, for a chunk that says to be larger than numbers go.
        IOException { InnerException: OverflowException } => ForStatus(StatusCodes.Status400BadRequest, exception),
        StorageUnavailableException => new(StatusCodes.Status503ServiceUnavailable, ProblemTypes.StorageUnavailable, "The log cannot be reached now; nothing was changed. Come again later.", exception),
        _ => ForStatus(StatusCodes.Status500InternalServerError, exception),
    };

    private static RequestProblemException ForStatus(int status, Exception? inner)
    {
        var (type, detail) = ProblemWriter.ForStatus(status);
        return new RequestProblemException(status, type, detail, inner);
    }
}
