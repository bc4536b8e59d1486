using Causality.Contracts;
using Causality.Scheduler.Options;
using Causality.Scheduler.Syncs;
using MassTransit;
using Microsoft.Extensions.Options;

namespace Causality.Scheduler.StateMachines;

/// <summary>What happens on the way from one state of a sync to the next: numbers noted, deadlines set, the next command sent.</summary>
public sealed class SyncTransitions(IOptions<SyncOptions> options, TimeProvider time)
{
    /// <summary>Most times that one sync compares again because the peer's log moves on under it; what is left then is the next sync's.</summary>
    public const int MaxRounds = 3;

    /// <summary>Begins a sync that has just been admitted.</summary>
    /// <returns>Its first command.</returns>
    internal CompareSegments Begin(SyncState sync)
    {
        sync.CurrentState = nameof(SyncStateMachine.Comparing);
        var command = NextComparison(sync);
        NoteState(sync);
        return command;
    }

    /// <summary>Keeps when the sync came into its state, for people who look at it later.</summary>
    internal void NoteState(SyncState sync) => SyncTimeline.Note(sync, Now());

    /// <summary>A comparison begins: the first one, or that of a retry.</summary>
    internal Task BeginComparing<T>(BehaviorContext<SyncState, T> context) where T : class => context.Publish(NextComparison(context.Saga));

    internal Task CompareAgain<T>(BehaviorContext<SyncState, T> context) where T : class
    {
        context.Saga.Rounds++;
        return BeginComparing(context);
    }

    internal static void NoteComparison(BehaviorContext<SyncState, SegmentsCompared> context)
    {
        var (sync, message) = (context.Saga, context.Message);
        sync.LocalRoot = message.LocalRoot;
        sync.RemoteRoot = message.RemoteRoot;
        sync.Scope = message.Scope is null ? null : string.Join(',', message.Scope);

        // An attempt that timed out or died may have stored more than it told: such a sync has not skipped anything, and its conflicts are to be looked for.
        NoteCounts(sync, message.SegmentsSynced, message.EntriesSynced, message.BytesReceived);
        sync.SegmentsPlanned = sync.SegmentsSynced + message.SegmentsPlanned;
        sync.EntriesPlanned = message.EntriesPlanned;
        sync.BytesPlanned = sync.BytesReceived + message.BytesPlanned;
        sync.SetRemaining(new RemainingWork { Segments = message.SegmentsPlanned, Entries = message.EntriesPlanned, Bytes = message.BytesPlanned });
        sync.SetLeftOut(LeftOutRows.Counted(message.LeftOut));
    }

    internal Task BeginTransferring<T>(BehaviorContext<SyncState, T> context) where T : class
    {
        context.Saga.TransferStartedAt = Now();
        context.Saga.BytesBeforeTransfer = context.Saga.BytesReceived;
        return BeginNextShare(context);
    }

    internal Task BeginNextShare<T>(BehaviorContext<SyncState, T> context) where T : class
    {
        var sync = context.Saga;
        sync.Share++;
        ExtendDeadline(sync);
        return context.Publish(Transfer(sync));
    }

    internal static void NoteTransfer(BehaviorContext<SyncState, SegmentsTransferred> context)
    {
        NoteCounts(context.Saga, context.Message.SegmentsSynced, context.Message.EntriesSynced, context.Message.BytesReceived);
        context.Saga.SetRemaining(context.Message.Remaining);
    }

    internal void NoteProgress(BehaviorContext<SyncState, SyncStepProgressed> context)
    {
        ExtendDeadline(context.Saga);
        NoteCounts(context.Saga, context.Message.SegmentsSynced, context.Message.EntriesSynced, context.Message.BytesReceived);
        // A report that comes late would let the work grow again.
        if (context.Message.Remaining is { } remaining && !(remaining.Segments > context.Saga.SegmentsRemaining))
            context.Saga.SetRemaining(remaining);
    }

    internal Task BeginResolving<T>(BehaviorContext<SyncState, T> context) where T : class
    {
        var sync = context.Saga;
        ExtendDeadline(sync);
        // What has changed at the peer again and again is the next sync's work.
        sync.SetRemaining(new RemainingWork { Segments = 0, Entries = 0, Bytes = 0 });
        return context.Publish(Resolve(sync));
    }

    internal static void NoteConflicts(BehaviorContext<SyncState, ConflictsResolved> context) => context.Saga.Conflicts = context.Message.Conflicts;

    internal static void NoteFailure(BehaviorContext<SyncState, SyncStepFailed> context)
    {
        var message = context.Message;
        NoteCounts(context.Saga, message.SegmentsSynced, message.EntriesSynced, message.BytesReceived);
        context.Saga.SetRemaining(message.Remaining);
        Note(context.Saga, message.Reason, message.Detail, message.Retryable, message.RetryAfterMs is { } wait ? TimeSpan.FromMilliseconds(wait) : null);
    }

    internal static void NoteFault<TCommand>(BehaviorContext<SyncState, Fault<TCommand>> context) where TCommand : class
    {
        var cause = context.Message.Exceptions.FirstOrDefault();
        Note(context.Saga, SyncReasons.InternalError, $"The {typeof(TCommand).Name} step failed: {cause?.ExceptionType ?? "unknown exception"}; the service's log holds the rest.", retryable: true, null);
    }

    internal Task NoteTimeout<T>(BehaviorContext<SyncState, T> context) where T : class
    {
        var sync = context.Saga;
        if (sync.EndsBy <= Now())
        {
            Note(sync, SyncReasons.MaxDuration, $"The sync took longer than max_sync_duration ({sync.SettingsOf().MaxSyncDurationMs} ms); what it stored stays stored, raise the limit or sync again.", retryable: false, null);
            return StopWork(context);
        }

        var detail = $"No progress within sync_timeout ({sync.SettingsOf().SyncTimeoutMs} ms) in state {sync.CurrentState}; check that the service of that step runs and that the peer answers, or raise sync_timeout.";
        Note(sync, SyncReasons.Timeout, detail, retryable: true, null);
        return StopWork(context);
    }

    internal static Task NoteCancel(BehaviorContext<SyncState, CancelSync> context)
    {
        Note(context.Saga, SyncReasons.Cancelled, context.Message.Reason ?? "Cancelled on request.", retryable: false, null);
        return StopWork(context);
    }

    internal Task Pause(BehaviorContext<SyncState, PauseSync> context)
    {
        context.Saga.NextAttemptAt = null;
        context.Saga.DeadlineAt = Now() + (long)options.Value.PauseLimit.TotalMilliseconds;
        context.Saga.DeadlineNotifiedAt = null;
        return StopWork(context);
    }

    internal void NotePausedTooLong<T>(BehaviorContext<SyncState, T> context) where T : class =>
        Note(context.Saga, SyncReasons.Cancelled, $"Paused for longer than the pause limit ({options.Value.PauseLimit}); request a sync again after resuming the peer.", retryable: false, null);

    /// <summary>Sends the step's command once more: the same attempt, the same share, so that an answer that is on its way still counts.</summary>
    internal static Task SendAgain<T>(BehaviorContext<SyncState, T> context) where T : class
    {
        var sync = context.Saga;
        return sync.CurrentState switch
        {
            nameof(SyncStateMachine.Requested) => context.Publish(new BeginSync { SyncId = sync.CorrelationId }),
            nameof(SyncStateMachine.Comparing) => context.Publish(Compare(sync)),
            nameof(SyncStateMachine.Transferring) => context.Publish(Transfer(sync)),
            nameof(SyncStateMachine.Resolving) => context.Publish(Resolve(sync)),
            _ => Task.CompletedTask,
        };
    }

    internal static bool MayRetry<T>(BehaviorContext<SyncState, T> context) where T : class =>
        context.Saga.FailureIsRetryable && context.Saga.Retries < context.Saga.SettingsOf().MaxRetries;

    internal bool IsOverdue<T>(BehaviorContext<SyncState, T> context) where T : class => context.Saga.EndsBy <= Now();

    internal void WaitForRetry<T>(BehaviorContext<SyncState, T> context) where T : class
    {
        var sync = context.Saga;
        sync.Retries++;
        var wait = RetryBackoff.Next(options.Value, sync.Retries, sync.RetryAfter, Random.Shared.NextDouble());
        sync.NextAttemptAt = Now() + (long)wait.TotalMilliseconds;
        SetDeadline(sync, sync.NextAttemptAt.Value);
    }

    private CompareSegments NextComparison(SyncState sync)
    {
        sync.Attempt++;
        sync.Share = 0;
        sync.NextAttemptAt = null;
        ExtendDeadline(sync);
        return Compare(sync);
    }

    private static CompareSegments Compare(SyncState sync) => new() { SyncId = sync.CorrelationId, Attempt = sync.Attempt, Peer = sync.PeerOf(), Settings = sync.SettingsOf() };

    private static TransferSegments Transfer(SyncState sync) => new() { SyncId = sync.CorrelationId, Attempt = sync.Attempt, Share = sync.Share, SegmentsSynced = sync.SegmentsSynced, Peer = sync.PeerOf(), Settings = sync.SettingsOf() };

    private static ResolveConflicts Resolve(SyncState sync) => new() { SyncId = sync.CorrelationId, Attempt = sync.Attempt, PeerId = sync.PeerId };

    // Whoever works on the attempt must not go on behind the saga's back.
    private static Task StopWork<T>(BehaviorContext<SyncState, T> context) where T : class =>
        context.Saga.Attempt == 0 ? Task.CompletedTask : context.Publish(new StopSyncWork { SyncId = context.Saga.CorrelationId, Attempt = context.Saga.Attempt });

    private static void Note(SyncState sync, string reason, string detail, bool retryable, TimeSpan? retryAfter)
    {
        sync.Reason = reason;
        sync.Error = detail;
        sync.FailureIsRetryable = retryable;
        sync.RetryAfter = retryAfter;
    }

    // Messages may overtake each other; counts of one sync only ever grow.
    private static void NoteCounts(SyncState sync, long segments, long entries, long bytes)
    {
        sync.SegmentsSynced = Math.Max(sync.SegmentsSynced, segments);
        sync.EntriesSynced = Math.Max(sync.EntriesSynced, entries);
        sync.BytesReceived = Math.Max(sync.BytesReceived, bytes);
    }

    private void ExtendDeadline(SyncState sync)
    {
        sync.LastProgressAt = Now();
        SetDeadline(sync, sync.LastProgressAt + sync.SettingsOf().SyncTimeoutMs);
    }

    // A new deadline has not been told of yet, however short ago the one before it was: else its own notice would be held back as a repetition.
    private static void SetDeadline(SyncState sync, long at)
    {
        sync.DeadlineAt = Math.Min(at, sync.EndsBy ?? long.MaxValue);
        sync.DeadlineNotifiedAt = null;
    }

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();
}
