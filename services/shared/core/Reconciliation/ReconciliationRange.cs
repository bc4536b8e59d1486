namespace Causality.Core.Reconciliation;

/// <summary>A part of an ordered set, from one bound up to another.</summary>
/// <param name="Lower">Where it begins.</param>
/// <param name="Upper">Where it ends; not below <paramref name="Lower"/>.</param>
public readonly record struct ReconciliationRange(ReconciliationBound Lower, ReconciliationBound Upper)
{
    /// <summary>Every item there can be.</summary>
    public static ReconciliationRange Everything { get; } = new(ReconciliationBound.Start, ReconciliationBound.End);
}
