using Causality.Core;

namespace Causality.Protocol;

/// <summary>What a peer says of itself.</summary>
/// <param name="Operator">Its operator id; checked to be the one asked for.</param>
/// <param name="Root">Its root fingerprint at the moment of answering, 32 hex digits.</param>
/// <param name="SegmentCount">Number of its segments.</param>
/// <param name="EntryCount">Sum of its segments' entry counts.</param>
/// <param name="SizeBytes">Sum of its segments' content sizes.</param>
/// <param name="Capabilities">Optional parts of the protocol that it speaks; empty in version 1.</param>
public sealed record PeerInfo(OperatorId Operator, string Root, long SegmentCount, long EntryCount, long SizeBytes, IReadOnlyList<string> Capabilities)
{
    /// <summary>The part of its log that it shares with us; root and sums are of that part.</summary>
    public SegmentScope Scope { get; init; } = SegmentScope.Everything;
}
