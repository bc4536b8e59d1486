using MassTransit;

namespace Causality.PipelineBenchmark;

/// <summary>The same hops as a sync with nothing to do.</summary>
internal sealed class BareStateMachine : MassTransitStateMachine<BareState>
{
    public BareStateMachine()
    {
        InstanceState(state => state.CurrentState);
        Event(() => Begin, x => x.CorrelateById(context => context.Message.Id));
        Event(() => Compared, x => x.CorrelateById(context => context.Message.Id));
        Initially(When(Begin).Publish(context => new BareCompare(context.Message.Id)).TransitionTo(Comparing));
        During(Comparing, When(Compared).Publish(context => new BareSkipped(context.Message.Id)).Finalize());
        SetCompletedWhenFinalized();
    }

    public State Comparing { get; private set; } = null!;

    public Event<BareBegin> Begin { get; private set; } = null!;

    public Event<BareCompared> Compared { get; private set; } = null!;
}
