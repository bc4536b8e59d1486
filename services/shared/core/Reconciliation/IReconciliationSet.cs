namespace Causality.Core.Reconciliation;

/// <summary>An ordered set of items that can be asked for the fingerprint of any part of it without adding that part up.</summary>
public interface IReconciliationSet
{
    /// <summary>Number of items.</summary>
    int Count { get; }

    /// <summary>The index of the first item that does not stand before <paramref name="bound"/>; <see cref="Count"/> when there is none.</summary>
    int LowerBound(ReconciliationBound bound);

    /// <summary>The fingerprint of the items from <paramref name="lower"/> up to but without <paramref name="upper"/>.</summary>
    /// <param name="lower">0 to <paramref name="upper"/>.</param>
    /// <param name="upper">At most <see cref="Count"/>.</param>
    LogFingerprint Fingerprint(int lower, int upper);

    /// <summary>The items from <paramref name="lower"/> up to but without <paramref name="upper"/>, ascending.</summary>
    /// <param name="lower">0 to <paramref name="upper"/>.</param>
    /// <param name="upper">At most <see cref="Count"/>.</param>
    IEnumerable<ReconciliationItem> Range(int lower, int upper);
}
