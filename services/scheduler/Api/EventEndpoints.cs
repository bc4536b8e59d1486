using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Causality.Contracts.Http.Control;
using Causality.Scheduler.Events;
using Causality.ServiceDefaults.Control;

namespace Causality.Scheduler.Api;

/// <summary>The live stream of public events. An event's <c>id</c> is its number, its <c>event</c> the name of the message, its data the message as on the bus.</summary>
internal static class EventEndpoints
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    public static void MapEvents(this IEndpointRouteBuilder routes) => routes.MapGet(ControlRoutes.Events, StreamAsync).NeedsRole(ControlPolicies.Read);

    private static async Task<IResult> StreamAsync(HttpContext context, EventFeed feed, AccessWatch access, IHostApplicationLifetime lifetime, CancellationToken cancellationToken)
    {
        var resume = context.Request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } header ? header : context.Request.Query["after"].ToString();
        long after;
        if (resume.Length == 0)
            after = await feed.LatestAsync(cancellationToken);
        else if (!long.TryParse(resume, NumberStyles.None, CultureInfo.InvariantCulture, out after))
            throw ControlProblems.InvalidEventId();

        // Without this a stream that nobody closes would hold up the graceful stop until its time is over.
        var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        context.Response.RegisterForDispose(stopping);
        _ = EndWhenRefusedAsync(context, access, stopping);
        context.Response.Headers["X-Accel-Buffering"] = "no";
        return TypedResults.ServerSentEvents(ItemsAsync(feed, after, stopping.Token));
    }

    /// <summary>A stream lives for days; the token that it was given to may not.</summary>
    private static async Task EndWhenRefusedAsync(HttpContext context, AccessWatch access, CancellationTokenSource stream)
    {
        try
        {
            await access.UntilRefusedAsync(context, stream.Token);
            await stream.CancelAsync();
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // The stream has ended by itself.
        }
    }

    private static async IAsyncEnumerable<SseItem<string>> ItemsAsync(EventFeed feed, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new SseItem<string>("{}", "Connected") { EventId = after.ToString(CultureInfo.InvariantCulture), ReconnectionInterval = KeepAlive / 15 };
        await foreach (var published in feed.FollowAsync(after, cancellationToken).Until(cancellationToken))
            yield return new SseItem<string>(published.Body, published.EventType) { EventId = published.Sequence.ToString(CultureInfo.InvariantCulture) };
    }
}
