using Causality.Contracts;
using Causality.Scheduler.StateMachines.Activities;
using MassTransit;

namespace Causality.Scheduler.StateMachines;

/// <summary>The life of a sync. Every state but the four that end it has a deadline, and every deadline leads somewhere.</summary>
/// <remarks>
/// Design §5. An answer carries the number of the comparison that it belongs to; one that belongs to an earlier one is stale and ignored,
/// as is anything that a state does not wait for: duplicates and late comers are ordinary.
/// </remarks>
public sealed class SyncStateMachine : MassTransitStateMachine<SyncState>
{
    private readonly SyncTransitions _transitions;

    /// <summary>Wires the states.</summary>
    public SyncStateMachine(SyncTransitions transitions)
    {
        _transitions = transitions;
        InstanceState(sync => sync.CurrentState);
        OnUnhandledEvent(context => context.Ignore());
        CorrelateEvents();

        During(Requested, When(BeginSync).ThenAsync(_transitions.BeginComparing).TransitionTo(Comparing));
        WhileComparing();
        WhileTransferring();
        WhileResolving();
        WhileWaiting();
        During([Requested, Comparing, Transferring, Resolving],
            FailOrRetry(When(DeadlinePassed, IsOwnDeadline).ThenAsync(_transitions.NoteTimeout)),
            When(Redrive).ThenAsync(SyncTransitions.SendAgain));
        During([Requested, Comparing, Transferring, Resolving, WaitingToRetry], When(PauseSync).ThenAsync(_transitions.Pause).TransitionTo(Paused));
        During([Requested, Comparing, Transferring, Resolving, WaitingToRetry, Paused],
            When(CancelSync).ThenAsync(SyncTransitions.NoteCancel).TransitionTo(Cancelled).Activity(x => x.OfInstanceType<EndSync>()));
        WhenEnterAny(enter => enter.Then(context => _transitions.NoteState(context.Saga)));
    }

    /// <summary>Admitted, not begun.</summary>
    public State Requested { get; private set; } = null!;

    /// <summary>The differ is finding out what differs.</summary>
    public State Comparing { get; private set; } = null!;

    /// <summary>Transfer is carrying out the plan.</summary>
    public State Transferring { get; private set; } = null!;

    /// <summary>The conflict-resolver is looking through what came.</summary>
    public State Resolving { get; private set; } = null!;

    /// <summary>An attempt failed; the next one has a time.</summary>
    public State WaitingToRetry { get; private set; } = null!;

    /// <summary>Held back on request; it compares anew when it is resumed.</summary>
    public State Paused { get; private set; } = null!;

    /// <summary>Ended well.</summary>
    public State Completed { get; private set; } = null!;

    /// <summary>Ended well with nothing to do.</summary>
    public State Skipped { get; private set; } = null!;

    /// <summary>Ended badly.</summary>
    public State Failed { get; private set; } = null!;

    /// <summary>Ended on request.</summary>
    public State Cancelled { get; private set; } = null!;

    /// <summary>The sync has been admitted.</summary>
    public Event<BeginSync> BeginSync { get; private set; } = null!;

    /// <summary>The plan is written.</summary>
    public Event<SegmentsCompared> SegmentsCompared { get; private set; } = null!;

    /// <summary>A share of the plan is carried out.</summary>
    public Event<SegmentsTransferred> SegmentsTransferred { get; private set; } = null!;

    /// <summary>Conflicts are found and decided.</summary>
    public Event<ConflictsResolved> ConflictsResolved { get; private set; } = null!;

    /// <summary>A step has moved on.</summary>
    public Event<SyncStepProgressed> StepProgressed { get; private set; } = null!;

    /// <summary>A step failed for a known reason.</summary>
    public Event<SyncStepFailed> StepFailed { get; private set; } = null!;

    /// <summary>The differ's consumer gave up.</summary>
    public Event<Fault<CompareSegments>> CompareFaulted { get; private set; } = null!;

    /// <summary>Transfer's consumer gave up.</summary>
    public Event<Fault<TransferSegments>> TransferFaulted { get; private set; } = null!;

    /// <summary>The conflict-resolver's consumer gave up.</summary>
    public Event<Fault<ResolveConflicts>> ResolveFaulted { get; private set; } = null!;

    /// <summary>A deadline has passed.</summary>
    public Event<SyncDeadlinePassed> DeadlinePassed { get; private set; } = null!;

    /// <summary>Somebody wants the sync to end.</summary>
    public Event<CancelSync> CancelSync { get; private set; } = null!;

    /// <summary>Somebody wants the sync to wait.</summary>
    public Event<PauseSync> PauseSync { get; private set; } = null!;

    /// <summary>Somebody wants the sync to go on.</summary>
    public Event<ResumeSync> ResumeSync { get; private set; } = null!;

    /// <summary>The message of the present step may have been lost.</summary>
    public Event<RedriveSync> Redrive { get; private set; } = null!;

    private static bool IsOwnDeadline(BehaviorContext<SyncState, SyncDeadlinePassed> context) => context.Message.DeadlineAt == context.Saga.DeadlineAt;

    private void CorrelateEvents()
    {
        Event(() => BeginSync, x => Correlate(x, message => message.SyncId));
        Event(() => SegmentsCompared, x => Correlate(x, message => message.SyncId));
        Event(() => SegmentsTransferred, x => Correlate(x, message => message.SyncId));
        Event(() => ConflictsResolved, x => Correlate(x, message => message.SyncId));
        Event(() => StepProgressed, x => Correlate(x, message => message.SyncId));
        Event(() => StepFailed, x => Correlate(x, message => message.SyncId));
        Event(() => CompareFaulted, x => Correlate(x, message => message.Message.SyncId));
        Event(() => TransferFaulted, x => Correlate(x, message => message.Message.SyncId));
        Event(() => ResolveFaulted, x => Correlate(x, message => message.Message.SyncId));
        Event(() => DeadlinePassed, x => Correlate(x, message => message.SyncId));
        Event(() => CancelSync, x => Correlate(x, message => message.SyncId));
        Event(() => PauseSync, x => Correlate(x, message => message.SyncId));
        Event(() => ResumeSync, x => Correlate(x, message => message.SyncId));
        Event(() => Redrive, x => Correlate(x, message => message.SyncId));
    }

    // The row is written when the request is admitted, so a message that finds none is about a sync that history has forgotten.
    private static void Correlate<T>(IEventCorrelationConfigurator<SyncState, T> configurator, Func<T, Guid> syncId) where T : class
    {
        configurator.CorrelateById(context => syncId(context.Message));
        configurator.OnMissingInstance(missing => missing.Discard());
    }

    private void WhileComparing()
    {
        During(Comparing,
            When(SegmentsCompared, context => context.Message.Attempt == context.Saga.Attempt)
                .Then(SyncTransitions.NoteComparison)
                .IfElse(context => context.Message.SegmentsPlanned > 0,
                    plan => plan.ThenAsync(_transitions.BeginTransferring).TransitionTo(Transferring).Activity(x => x.OfInstanceType<PublishProgress>()),
                    nothing => nothing.IfElse(context => context.Saga.SegmentsSynced > 0,
                        earlier => earlier.ThenAsync(_transitions.BeginResolving).TransitionTo(Resolving),
                        skip => skip.TransitionTo(Skipped).Activity(x => x.OfInstanceType<EndSync>()))));
        WhateverStep(Comparing, CompareFaulted, command => command.Attempt);
    }

    private void WhileTransferring()
    {
        During(Transferring,
            When(SegmentsTransferred, context => context.Message.Attempt == context.Saga.Attempt && context.Message.Share == context.Saga.Share)
                .Then(SyncTransitions.NoteTransfer)
                .IfElse(context => context.Message.SegmentsRemaining > 0,
                    more => more.ThenAsync(_transitions.BeginNextShare).Activity(x => x.OfInstanceType<PublishProgress>()),
                    done => done.IfElse(context => context.Message.SegmentsGone > 0 && context.Saga.Rounds < SyncTransitions.MaxRounds,
                        again => again.ThenAsync(_transitions.CompareAgain).TransitionTo(Comparing),
                        resolve => resolve.ThenAsync(_transitions.BeginResolving).TransitionTo(Resolving).Activity(x => x.OfInstanceType<PublishProgress>()))));
        WhateverStep(Transferring, TransferFaulted, command => command.Attempt);
    }

    private void WhileResolving()
    {
        During(Resolving,
            When(ConflictsResolved, context => context.Message.Attempt == context.Saga.Attempt)
                .Then(SyncTransitions.NoteConflicts).TransitionTo(Completed).Activity(x => x.OfInstanceType<EndSync>()));
        WhateverStep(Resolving, ResolveFaulted, command => command.Attempt);
    }

    private void WhileWaiting()
    {
        During(WaitingToRetry, When(DeadlinePassed, IsOwnDeadline)
            .IfElse(_transitions.IsOverdue,
                late => late.ThenAsync(_transitions.NoteTimeout).TransitionTo(Failed).Activity(x => x.OfInstanceType<EndSync>()),
                again => again.ThenAsync(_transitions.BeginComparing).TransitionTo(Comparing)));
        During(Paused,
            When(ResumeSync).ThenAsync(_transitions.BeginComparing).TransitionTo(Comparing),
            When(DeadlinePassed, IsOwnDeadline).Then(_transitions.NotePausedTooLong).TransitionTo(Cancelled).Activity(x => x.OfInstanceType<EndSync>()));
    }

    private void WhateverStep<TCommand>(State state, Event<Fault<TCommand>> fault, Func<TCommand, int> attemptOf) where TCommand : class =>
        During(state,
            When(StepProgressed, context => context.Message.Attempt == context.Saga.Attempt).Then(_transitions.NoteProgress).Activity(x => x.OfInstanceType<PublishProgress>()),
            FailOrRetry(When(StepFailed, context => context.Message.Attempt == context.Saga.Attempt).Then(SyncTransitions.NoteFailure)),
            FailOrRetry(When(fault, context => attemptOf(context.Message.Message) == context.Saga.Attempt).Then(SyncTransitions.NoteFault)));

    private EventActivityBinder<SyncState, T> FailOrRetry<T>(EventActivityBinder<SyncState, T> binder) where T : class =>
        binder.IfElse(SyncTransitions.MayRetry,
            retry => retry.Then(_transitions.WaitForRetry).TransitionTo(WaitingToRetry),
            fail => fail.TransitionTo(Failed).Activity(x => x.OfInstanceType<EndSync>()));
}
