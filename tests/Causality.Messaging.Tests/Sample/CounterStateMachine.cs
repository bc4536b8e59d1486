using Causality.Messaging.Tests.Hosting;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace Causality.Messaging.Tests.Sample;

/// <summary>Counts, tells, and rings when asked to.</summary>
internal sealed class CounterStateMachine : MassTransitStateMachine<CounterState>
{
    public CounterStateMachine()
    {
        InstanceState(saga => saga.CurrentState);
        Event(() => Increment, on => on.CorrelateById(context => context.Message.Counter).SelectId(context => context.Message.Counter));
        Event(() => Arm, on => on.CorrelateById(context => context.Message.Counter).SelectId(context => context.Message.Counter));
        Event(() => Disarm, on => on.CorrelateById(context => context.Message.Counter).SelectId(context => context.Message.Counter));
        Schedule(() => Alarm, saga => saga.Timer, on => on.Received = received => received.CorrelateById(context => context.Message.Counter));
        Initially(When(Increment).Then(Count).Publish(Told).TransitionTo(Counting), When(Arm).Schedule(Alarm, Ring, Due).TransitionTo(Counting), Ignore(Disarm));
        During(Counting,
            When(Increment).Then(Count).Publish(Told),
            When(Arm).Schedule(Alarm, Ring, Due),
            When(Disarm).Unschedule(Alarm).Then(context => See(context, $"disarmed {context.Message.Counter}")),
            When(Alarm.Received).Then(context => See(context, $"rang {context.Message.Counter}")));
    }

    public State Counting { get; private set; } = null!;

    public Event<Increment> Increment { get; private set; } = null!;

    public Event<Arm> Arm { get; private set; } = null!;

    public Event<Disarm> Disarm { get; private set; } = null!;

    public Schedule<CounterState, Rang> Alarm { get; private set; } = null!;

    private static void Count(BehaviorContext<CounterState, Increment> context) => context.Saga.Count++;

    private static Incremented Told(BehaviorContext<CounterState, Increment> context) => new(context.Saga.CorrelationId, context.Saga.Count);

    private static Rang Ring(BehaviorContext<CounterState, Arm> context) => new(context.Message.Counter);

    private static DateTime Due(BehaviorContext<CounterState, Arm> context) => context.Message.DueAt;

    private static void See(BehaviorContext<CounterState> context, string what) =>
        context.GetPayload<IServiceProvider>().GetRequiredService<Observations>().Add(what);
}
