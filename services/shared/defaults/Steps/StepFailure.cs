using Causality.Contracts;
using Causality.Core;
using Causality.Protocol;
using Causality.Storage;

namespace Causality.ServiceDefaults.Steps;

/// <summary>What an exception means to a sync. The one place where an exception becomes a reason code and the answer to "retry?".</summary>
/// <param name="Reason">One of <see cref="SyncReasons"/>.</param>
/// <param name="Retryable">False when trying again cannot help.</param>
/// <param name="RetryAfter">How long the peer asks us to wait; null when it did not say.</param>
public sealed record StepFailure(string Reason, bool Retryable, TimeSpan? RetryAfter = null)
{
    /// <summary>Null for a fault that has no reason of its own: that is for the retry and the error queue.</summary>
    public static StepFailure? Of(Exception exception) => exception switch
    {
        PeerUnavailableException unavailable => new(unavailable.Reason, true, unavailable.RetryAfter),
        PeerRefusedException refused => new(refused.Reason, false),
        ProtocolViolationException => new(SyncReasons.ProtocolViolation, false),
        ContentHashMismatchException => new(SyncReasons.ContentHashMismatch, true),
        SegmentInvalidException => new(SyncReasons.SegmentInvalid, false),
        StorageUnavailableException => new(SyncReasons.StorageFailed, true),
        _ => null,
    };
}
