using Causality.Messaging.Outbox;
using MassTransit;
using MassTransit.Configuration;
using MassTransit.Context;
using MassTransit.Scheduling;

namespace Causality.Messaging.Timers;

/// <summary>Gives every message a scheduler, so that <c>Schedule</c> and <c>Unschedule</c> of a state machine work without a broker plugin.</summary>
internal sealed class TimerFilter(Func<TransactionalOutbox> outbox) : IFilter<ConsumeContext>, IPipeSpecification<ConsumeContext>
{
    public Task Send(ConsumeContext context, IPipe<ConsumeContext> next)
    {
        // The factory is called with the context in use then, which may be the one that captures.
        context.GetOrAddPayload<MessageSchedulerContext>(() => new ConsumeMessageSchedulerContext(context,
            inner => new MessageScheduler(new DatabaseTimers(inner, outbox()), inner.GetPayload<IBusTopology>())));
        return next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("timers");

    public void Apply(IPipeBuilder<ConsumeContext> builder) => builder.AddFilter(this);

    public IEnumerable<ValidationResult> Validate() => [];
}
