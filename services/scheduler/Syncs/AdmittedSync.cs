namespace Causality.Scheduler.Syncs;

/// <summary>What became of a request for one peer.</summary>
/// <param name="SyncId">The sync.</param>
/// <param name="PeerId">The peer, if one was named.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Reason">Why it was rejected, one of <c>SyncReasons</c>; null otherwise.</param>
/// <param name="Detail">The same for people.</param>
/// <param name="CoveredBy">The waiting sync that covers a coalesced request; null otherwise.</param>
public sealed record AdmittedSync(Guid SyncId, string? PeerId, AdmissionOutcome Outcome, string? Reason = null, string? Detail = null, Guid? CoveredBy = null);
