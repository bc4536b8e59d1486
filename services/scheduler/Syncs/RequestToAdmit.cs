using Causality.Contracts;

namespace Causality.Scheduler.Syncs;

/// <summary>A request as it came.</summary>
/// <param name="Request">The request.</param>
/// <param name="FallbackId">The sync id if it names none: the message id, so that a redelivered message asks for the same sync.</param>
/// <param name="IsRepeated">True when the broker hands it over again, or a retry does: it may have been admitted by a process that died before it could say so.</param>
/// <param name="TraceParent">W3C <c>traceparent</c> of whoever asked; null outside of any trace.</param>
public sealed record RequestToAdmit(SyncRequested Request, Guid FallbackId, bool IsRepeated = false, string? TraceParent = null);
