using MassTransit;

namespace Causality.Scheduler.StateMachines.Activities;

/// <summary>An activity that does the same whatever message brought the sync here.</summary>
public abstract class SyncActivity : IStateMachineActivity<SyncState>
{
    /// <inheritdoc/>
    public abstract void Probe(ProbeContext context);

    /// <inheritdoc/>
    public void Accept(StateMachineVisitor visitor) => visitor.Visit(this);

    /// <inheritdoc/>
    public async Task Execute(BehaviorContext<SyncState> context, IBehavior<SyncState> next)
    {
        await RunAsync(context);
        await next.Execute(context);
    }

    /// <inheritdoc/>
    public async Task Execute<T>(BehaviorContext<SyncState, T> context, IBehavior<SyncState, T> next) where T : class
    {
        await RunAsync(context);
        await next.Execute(context);
    }

    /// <inheritdoc/>
    public Task Faulted<TException>(BehaviorExceptionContext<SyncState, TException> context, IBehavior<SyncState> next) where TException : Exception => next.Faulted(context);

    /// <inheritdoc/>
    public Task Faulted<T, TException>(BehaviorExceptionContext<SyncState, T, TException> context, IBehavior<SyncState, T> next)
        where T : class where TException : Exception => next.Faulted(context);

    /// <summary>What the activity does.</summary>
    protected abstract Task RunAsync(BehaviorContext<SyncState> context);
}
