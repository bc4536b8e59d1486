using System.Collections.Concurrent;
using Causality.Core;
using Microsoft.Extensions.Options;

namespace Causality.Protocol.Server.Limits;

/// <summary>The budgets of all peers. Only peers that are known have one, so there are no more than peers.</summary>
internal sealed class PeerBudgets(IOptions<PeerLimitOptions> options, TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<OperatorId, PeerBudget> _budgets = new();

    public PeerLimitOptions Limits { get; } = options.Value;

    /// <summary>Of all peers together.</summary>
    public UploadRoom Uploads { get; } = new();

    public PeerBudget Of(OperatorId peer) => _budgets.GetOrAdd(peer, _ => new PeerBudget(Limits, time));

    public void Dispose()
    {
        foreach (var budget in _budgets.Values)
            budget.Dispose();
    }
}
