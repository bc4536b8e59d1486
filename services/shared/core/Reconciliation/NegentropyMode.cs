namespace Causality.Core.Reconciliation;

/// <summary>What a range of a message carries. Wire numbers.</summary>
internal enum NegentropyMode
{
    /// <summary>Nothing: the sides agree on it, or have talked about it.</summary>
    Skip = 0,

    /// <summary>The fingerprint of the sender's items in it.</summary>
    Fingerprint = 1,

    /// <summary>The ids of the sender's items in it.</summary>
    IdList = 2,
}
