using Causality.Core;
using Causality.Protocol.Reconciling;
using Causality.Storage.Log;
using Causality.Storage.Log.Reconciling;
using Causality.Storage.Log.Sharing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Causality.Protocol.Server;

/// <summary>The log as the peer that asks may see it. Handlers of peer routes know no other.</summary>
internal static class PeerLog
{
    public static ISharedLog Of(HttpContext context) => SharedWith(context).Log;

    /// <summary>Answers reconciliations of that part.</summary>
    public static ReconciliationDesk DeskOf(HttpContext context)
    {
        var shared = SharedWith(context);
        return new ReconciliationDesk(shared.Log, shared.Index, context.RequestServices.GetRequiredService<EntrySets>(), context.RequestServices.GetRequiredService<SymbolTurn>());
    }

    public static SegmentScope ScopeOf(HttpContext context) => PeerAuthentication.PeerOf(context)?.Scope ?? SegmentScope.Everything;

    private static SharedLog SharedWith(HttpContext context) => context.RequestServices.GetRequiredService<SharedLogs>().Of(ScopeOf(context));
}
