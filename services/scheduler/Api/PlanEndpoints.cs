using Causality.Contracts;
using Causality.Contracts.Http.Control;
using Causality.Protocol.Server;
using Causality.Scheduler.Plans;
using Causality.ServiceDefaults.Control;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;

namespace Causality.Scheduler.Api;

/// <summary>The control API's routes for plans and explanations.</summary>
internal static class PlanEndpoints
{
    private const int MaxBodyBytes = 64 * 1024;
    private const int MaxWaitMs = 60_000;
    private const int MaxPage = 1_000;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    public static void MapPlans(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(ControlRoutes.PlanSync, (HttpContext context, string peerId, PlanDesk desk, IServiceScopeFactory scopes, [FromQuery(Name = "wait_ms")] int waitMs = 10_000) =>
            AskAsync(context, peerId, PlanKinds.Plan, desk, scopes, waitMs)).NeedsRole(ControlPolicies.Operate);
        routes.MapPost(ControlRoutes.Explain, (HttpContext context, string peerId, PlanDesk desk, IServiceScopeFactory scopes, [FromQuery(Name = "wait_ms")] int waitMs = 10_000) =>
            AskAsync(context, peerId, PlanKinds.Explanation, desk, scopes, waitMs)).NeedsRole(ControlPolicies.Operate);
        routes.MapGet(ControlRoutes.Plan, ShowAsync).NeedsRole(ControlPolicies.Read);
        routes.MapGet(ControlRoutes.PlanSegments, ListAsync).NeedsRole(ControlPolicies.Read);
    }

    private static async Task<IResult> AskAsync(HttpContext context, string peerId, string kind, PlanDesk desk, IServiceScopeFactory scopes, int waitMs)
    {
        if (waitMs is < 0 or > MaxWaitMs)
            throw ControlProblems.OutOfRange("wait_ms", waitMs, 0, MaxWaitMs);
        var request = context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true ? await RequestBody.ReadJsonAsync<PlanRequest>(context, MaxBodyBytes) : new PlanRequest();
        Guid planId;
        try
        {
            planId = await desk.AskAsync(peerId, kind, request.Overrides, context.RequestAborted);
        }
        catch (SyncRejectedException rejected)
        {
            throw ControlProblems.Rejected(rejected.Reason, rejected.Message);
        }

        var plan = await WaitAsync(scopes, planId, TimeSpan.FromMilliseconds(waitMs), context.RequestAborted);
        if (plan.State != PlanStates.Running)
            return Results.Ok(plan);
        context.Response.Headers.Location = ControlRoutes.Plan.Replace("{planId:guid}", planId.ToString(), StringComparison.Ordinal);
        return Results.Json(plan, statusCode: StatusCodes.Status202Accepted);
    }

    // A scope for each look: an answer is another transaction's, and an open context would hold a connection for a minute.
    private static async Task<SyncPlan> WaitAsync(IServiceScopeFactory scopes, Guid planId, TimeSpan patience, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            await using (var scope = scopes.CreateAsyncScope())
            {
                var plan = await scope.ServiceProvider.GetRequiredService<PlanReader>().FindAsync(planId, cancellationToken) ?? throw ControlProblems.UnknownPlan(planId);
                if (plan.State != PlanStates.Running || TimeProvider.System.GetElapsedTime(began) >= patience)
                    return plan;
            }

            await Task.Delay(Poll, cancellationToken);
        }
    }

    private static async Task<IResult> ShowAsync(Guid planId, PlanReader plans, CancellationToken cancellationToken) =>
        await plans.FindAsync(planId, cancellationToken) is { } plan ? Results.Ok(plan) : throw ControlProblems.UnknownPlan(planId);

    private static async Task<IResult> ListAsync(Guid planId, PlanReader plans, CancellationToken cancellationToken, string? after = null, int limit = 100)
    {
        if (limit is < 1 or > MaxPage)
            throw ControlProblems.OutOfRange("limit", limit, 1, MaxPage);
        return await plans.ListAsync(planId, after, limit, cancellationToken) is { } page ? Results.Ok(page) : throw ControlProblems.UnknownPlan(planId);
    }
}
