using System.Collections.Concurrent;
using Causality.Core;
using Microsoft.Extensions.Options;

namespace Causality.Protocol.Server.Limits;

/// <summary>The budgets of all peers. Only peers that are known have one, so there are no more than peers.</summary>
internal sealed class PeerBudgets(IOptions<PeerLimitOptions> options, TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<OperatorId, PeerBudget> _budgets = new();

    public PeerLimitOptions Limits { get; } = options.Value;

    /// <summary>Segments that peers are sending: of one peer as much as one of the largest, of all together three of them.</summary>
    public BodyRoom<OperatorId> Uploads { get; } = new(SegmentLimits.MaxBytes, 3 * SegmentLimits.MaxBytes);

    public PeerBudget Of(OperatorId peer) => _budgets.GetOrAdd(peer, _ => new PeerBudget(Limits, time));

    public void Dispose()
    {
        foreach (var budget in _budgets.Values)
            budget.Dispose();
    }
}
