using Causality.Contracts.Http;
using Causality.Protocol.Server.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Causality.Protocol.Server;

/// <summary>Gives a request, or a part of one, a time of its own.</summary>
public static class RequestDeadline
{
    /// <summary>Does something within a time.</summary>
    /// <param name="limit">The time.</param>
    /// <param name="context">The request, whose <c>RequestAborted</c> ends the work.</param>
    /// <param name="work">What is to be done.</param>
    /// <exception cref="RequestProblemException">408 <c>request-timeout</c>.</exception>
    public static async Task WithinAsync(TimeSpan limit, HttpContext context, Func<Task> work)
    {
        var caller = context.RequestAborted;
        using var deadline = new CancellationTokenSource(limit, context.RequestServices.GetRequiredService<TimeProvider>());
        using var either = CancellationTokenSource.CreateLinkedTokenSource(caller, deadline.Token);
        context.RequestAborted = either.Token;
        try
        {
            await work();
        }
        catch (OperationCanceledException exception) when (deadline.IsCancellationRequested && !caller.IsCancellationRequested)
        {
            throw new RequestProblemException(StatusCodes.Status408RequestTimeout, ProblemTypes.RequestTimeout, $"The request took longer than {limit.TotalSeconds:0} s; ask for less at once, or send faster.", exception);
        }
        finally
        {
            context.RequestAborted = caller;
        }
    }
}
