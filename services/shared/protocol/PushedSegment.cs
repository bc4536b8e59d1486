namespace Causality.Protocol;

/// <summary>What a peer did with a segment that was sent to it.</summary>
/// <param name="EntriesAdded">Entries that it did not have; they are durable there.</param>
/// <param name="Reason">One of <c>SyncReasons</c> when it refused this segment; null when it took it.</param>
/// <param name="Detail">The same for people.</param>
public sealed record PushedSegment(long EntriesAdded, string? Reason, string? Detail);
