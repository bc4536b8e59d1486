using Causality.Contracts.Http;
using Causality.Protocol.Server.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Causality.Protocol.Server.Limits;

/// <summary>Runs a peer's request within the peer's limits.</summary>
internal static class PeerTurn
{
    private static readonly TimeSpan RefusalTime = TimeSpan.FromMilliseconds(500);

    public static async Task RunAsync(HttpContext context, KnownPeer peer, PeerLoad load, Func<Task> work)
    {
        var budgets = context.RequestServices.GetRequiredService<PeerBudgets>();
        var budget = budgets.Of(peer.Id);
        try
        {
            budget.Begin(load);
        }
        catch (RequestProblemException refused) when (refused.Type == ProblemTypes.RateLimited)
        {
            await HoldAsync(context, budget);
            throw;
        }

        var tally = new ByteTally();
        context.Features.Set(tally);
        try
        {
            await RequestDeadline.WithinAsync(load is PeerLoad.Light or PeerLoad.Diff ? budgets.Limits.RequestTimeout : budgets.Limits.ContentTimeout, context, async () =>
            {
                using var turn = await budget.TurnAsync(load, context.RequestAborted);
                await work();
            });
        }
        finally
        {
            budget.End(load, tally.Bytes + (context.Response.ContentLength ?? 0));
        }
    }

    /// <summary>
    /// Lets a refusal take its time: whoever waits for answers before asking again is slowed down to a pace that costs the others nothing. An honest peer loses nothing, it has to wait
    /// longer anyway. Who has more such requests open than connections is cut off.
    /// </summary>
    private static async Task HoldAsync(HttpContext context, PeerBudget budget)
    {
        if (!budget.BeginRefusal())
        {
            context.Abort();
            return;
        }

        try
        {
            await Task.Delay(RefusalTime, context.RequestServices.GetRequiredService<TimeProvider>(), context.RequestAborted);
        }
        finally
        {
            budget.EndRefusal();
        }
    }
}
