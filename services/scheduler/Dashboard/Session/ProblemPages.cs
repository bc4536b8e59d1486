using Causality.Protocol.Server.Problems;

namespace Causality.Scheduler.Dashboard.Session;

/// <summary>Shows as a page what a program would get as a problem.</summary>
internal sealed class ProblemPages : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (RequestProblemException problem) when (!context.HttpContext.Response.HasStarted)
        {
            return Refusals.Page(context.HttpContext, problem);
        }
    }
}
