namespace Causality.Core.Reconciliation;

/// <summary>What the client has learnt.</summary>
internal sealed class NegentropyFindings
{
    public HashSet<ContentHash> Have { get; } = [];

    public HashSet<ContentHash> Need { get; } = [];

    /// <summary>Ranges that the present message asks about again, because they differ.</summary>
    public List<ReconciliationRange> Pending { get; } = [];

    /// <summary>Fingerprints in the answer that was read last, equal ones included.</summary>
    public int Compared { get; set; }

    public int MaxIds { get; init; }

    /// <summary>Compares the peer's list of a range with our items in it.</summary>
    public void Compare(HashSet<ContentHash> theirs, IEnumerable<ReconciliationItem> ours)
    {
        foreach (var item in ours)
        {
            if (!theirs.Remove(item.Id))
                Have.Add(item.Id);
        }

        Need.UnionWith(theirs);
        if (Need.Count > MaxIds)
            throw new ProtocolViolationException($"The peer lists more than {MaxIds} ids that are not here; at most that many are taken from one reconciliation.");
    }
}
