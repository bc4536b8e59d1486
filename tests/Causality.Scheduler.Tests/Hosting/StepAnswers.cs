using Causality.Contracts;

namespace Causality.Scheduler.Tests.Hosting;

/// <summary>What the steps answer.</summary>
internal static class StepAnswers
{
    public const string Root = "00112233445566778899aabbccddeeff";

    public static SegmentsCompared Compared(this CompareSegments command, long segments = 0, bool inSync = false) => new()
    {
        SyncId = command.SyncId,
        Attempt = command.Attempt,
        InSync = inSync,
        LocalRoot = Root,
        RemoteRoot = inSync ? Root : new string('f', 32),
        SegmentsPlanned = segments,
        EntriesPlanned = segments * 10,
        BytesPlanned = segments * 1_000,
    };

    /// <summary>Work of so many segments like those of <see cref="Compared"/>.</summary>
    public static RemainingWork Left(long segments) => new() { Segments = segments, Entries = segments * 10, Bytes = segments * 1_000 };

    public static SegmentsTransferred Transferred(this TransferSegments command, long stored, long remaining = 0, long gone = 0) => new()
    {
        SyncId = command.SyncId,
        Attempt = command.Attempt,
        Share = command.Share,
        SegmentsRemaining = remaining,
        SegmentsGone = gone,
        SegmentsSynced = stored,
        EntriesSynced = stored * 10,
        BytesReceived = stored * 1_000,
        Remaining = Left(remaining + gone),
    };

    public static ConflictsResolved Resolved(this ResolveConflicts command, long conflicts = 0) => new() { SyncId = command.SyncId, Attempt = command.Attempt, Conflicts = conflicts };

    public static SyncStepFailed Failed(this CompareSegments command, string reason = SyncReasons.PeerUnavailable, bool retryable = true, long? retryAfterMs = null) => new()
    {
        SyncId = command.SyncId,
        Attempt = command.Attempt,
        Step = SyncSteps.Compare,
        Reason = reason,
        Detail = $"The peer at {command.Peer.Address} is not there.",
        Retryable = retryable,
        RetryAfterMs = retryAfterMs,
    };
}
