using Causality.Messaging.Tests.Hosting;
using Causality.Storage.Database;
using MassTransit;

namespace Causality.Messaging.Tests.Sample;

/// <summary>One effect, one event.</summary>
internal sealed class DoWorkConsumer(CausalityDbContext database) : IConsumer<DoWork>
{
    public Task Consume(ConsumeContext<DoWork> context)
    {
        database.Add(new Effect { Text = context.Message.Text });
        return context.Publish(new WorkDone(context.Message.Text));
    }
}

/// <summary>Publishes first, fails then.</summary>
internal sealed class DoHardWorkConsumer(CausalityDbContext database, Observations seen) : IConsumer<DoHardWork>
{
    public async Task Consume(ConsumeContext<DoHardWork> context)
    {
        seen.Add($"tried {context.Message.Text}");
        database.Add(new Effect { Text = context.Message.Text });
        await context.Publish(new WorkDone(context.Message.Text));
        if (seen.Of($"tried {context.Message.Text}").Count <= context.Message.Failures)
            throw context.Message.Permanent ? new HopelessException() : new InvalidOperationException("Not yet.");
    }
}

/// <summary>Works long, outside of any transaction, and commits in a unit.</summary>
[LongRunning]
internal sealed class DoLongWorkConsumer(CausalityDbContext database, ITransactionalOutbox outbox, Observations seen) : IConsumer<DoLongWork>
{
    public async Task Consume(ConsumeContext<DoLongWork> context)
    {
        seen.Add($"transaction {database.Database.CurrentTransaction is not null}");
        await using var unit = await outbox.BeginAsync(context.CancellationToken);
        unit.Database.Add(new Effect { Text = context.Message.Text });
        unit.Publish(new WorkDone(context.Message.Text));
        await unit.CommitAsync(context.CancellationToken);
    }
}

/// <summary>Ends when it is told to, and never by itself.</summary>
[LongRunning]
internal sealed class EndlessConsumer(Observations seen) : IConsumer<DoLongWork>
{
    public async Task Consume(ConsumeContext<DoLongWork> context)
    {
        seen.Add($"began {context.Message.Text}");
        try
        {
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        }
        finally
        {
            seen.Add($"told {context.Message.Text}");
        }
    }
}

/// <summary>Takes what <see cref="EndlessConsumer"/> left.</summary>
[LongRunning]
internal sealed class SeeingConsumer(Observations seen) : IConsumer<DoLongWork>
{
    public Task Consume(ConsumeContext<DoLongWork> context)
    {
        seen.Add($"seen {context.Message.Text}");
        return Task.CompletedTask;
    }
}

/// <summary>Finishes what it has begun, while the process stops.</summary>
internal sealed class PatientConsumer(CausalityDbContext database, Observations seen) : IConsumer<DoWork>
{
    public async Task Consume(ConsumeContext<DoWork> context)
    {
        seen.Add($"began {context.Message.Text}");
        await seen.WaitAsync("go");
        database.Add(new Effect { Text = context.Message.Text });
        await context.Publish(new WorkDone(context.Message.Text));
    }
}

/// <summary>Breaks the rule that a transactional consumer has its unit already.</summary>
internal sealed class NestingConsumer(ITransactionalOutbox outbox, Observations seen) : IConsumer<DoLongWork>
{
    public async Task Consume(ConsumeContext<DoLongWork> context)
    {
        var error = await Should.ThrowAsync<InvalidOperationException>(() => outbox.BeginAsync(context.CancellationToken));
        seen.Add($"refused {error.Message}");
    }
}

/// <summary>Sees events.</summary>
internal sealed class WorkDoneConsumer(Observations seen) : IConsumer<WorkDone>
{
    public Task Consume(ConsumeContext<WorkDone> context)
    {
        seen.Add($"done {context.Message.Text}");
        return Task.CompletedTask;
    }
}

/// <summary>Sees counters.</summary>
internal sealed class IncrementedConsumer(Observations seen) : IConsumer<Incremented>
{
    public Task Consume(ConsumeContext<Incremented> context)
    {
        seen.Add($"counted {context.Message.Counter} {context.Message.Count}");
        return Task.CompletedTask;
    }
}

/// <summary>Not worth a retry.</summary>
internal sealed class HopelessException() : Exception("Never."), IPermanentFailure;
