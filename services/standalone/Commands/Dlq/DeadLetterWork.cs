using Causality.Standalone.Input;
using Causality.Storage.Maintenance;
using RabbitMQ.Client;

namespace Causality.Standalone.Commands.Dlq;

/// <summary>Re-drives or discards dead letters, one after the other.</summary>
/// <param name="broker">The connection.</param>
/// <param name="audit">Told of each message before it is given up.</param>
internal sealed class DeadLetterWork(DeadLetterBroker broker, AuditTrail audit)
{
    /// <summary>What is to be done.</summary>
    /// <param name="Action"><c>redrive</c> or <c>discard</c>.</param>
    /// <param name="Queue">The queue of dead letters.</param>
    /// <param name="Target">Where re-driven messages go; null to discard.</param>
    /// <param name="Id">Only messages of this id; null for all.</param>
    /// <param name="Limit">At most so many.</param>
    /// <param name="RatePerSecond">At most so many a second.</param>
    /// <param name="DryRun">Change nothing.</param>
    public sealed record Order(string Action, string Queue, string? Target, string? Id, int Limit, int RatePerSecond, bool DryRun);

    /// <summary>Does it with what is in the queue now; a message that fails again and comes back is not taken twice.</summary>
    /// <param name="order">What is to be done.</param>
    /// <param name="progress">Told after each message; how many there are is not known where one id is looked for.</param>
    /// <param name="cancellationToken">Ends it between two messages; those done are done.</param>
    /// <returns>The ids of the messages dealt with, or that would be, in their order; null for a message without one.</returns>
    /// <exception cref="InputException">No such queue, or a message that cannot go back; those before it are done, it and the rest are left as they were.</exception>
    public async Task<IReadOnlyList<string?>> RunAsync(Order order, IProgress<MaintenanceProgress> progress, CancellationToken cancellationToken)
    {
        var count = await broker.CountAsync(order.Queue, cancellationToken)
            ?? throw new InputException($"There is no queue '{order.Queue}' on this broker; 'causality dlq list' shows those that there are.");
        await using var source = await broker.OpenAsync(cancellationToken);
        await using var target = await broker.OpenConfirmedAsync(cancellationToken);
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / order.RatePerSecond));
        var (step, total) = (StepOf(order), order.Id is null ? Math.Min(Math.Min(count, DeadLetterBroker.MaxHeld), order.Limit) : 0);
        var done = new List<string?>();
        for (var seen = 0; seen < Math.Min(count, DeadLetterBroker.MaxHeld) && done.Count < order.Limit; seen++)
        {
            // Not acknowledged: whatever is left when the channel closes is in the queue again.
            if (await source.BasicGetAsync(order.Queue, false, cancellationToken) is not { } received)
                break;
            var letter = new DeadLetter(received);
            if (order.Id is not null && !string.Equals(order.Id, letter.Id, StringComparison.OrdinalIgnoreCase))
                continue;
            if (!order.DryRun && done.Count > 0)
                await pace.WaitForNextTickAsync(cancellationToken);
            await DealWithAsync(order, letter, source, target, done.Count, cancellationToken);
            done.Add(letter.Id);
            progress.Report(new(step, done.Count, total));
        }

        return done;
    }

    private static string StepOf(Order order) => (order.DryRun, order.Action) switch
    {
        (true, _) => "looking at dead letters",
        (_, "redrive") => "re-driving dead letters",
        _ => "discarding dead letters",
    };

    // Confirmed, then on record, then given up: a crash in between leaves a message twice, which its consumer knows by its id, and never none.
    private async Task DealWithAsync(Order order, DeadLetter letter, IChannel source, IChannel target, int before, CancellationToken cancellationToken)
    {
        try
        {
            if (order.Target is not null && order.DryRun)
                Redelivery.HeadersFor(order.Target, letter);
            if (order.DryRun)
                return;
            if (order.Target is not null)
                await Redelivery.SendAsync(target, order.Target, letter, cancellationToken);
            audit.Write(order.Action, order.Queue, order.Target, letter);
            await source.BasicAckAsync(letter.Tag, false, cancellationToken);
        }
        catch (InputException exception)
        {
            throw new InputException($"{exception.Message} {before} before it are done; it and the rest are where they were.", exception);
        }
    }
}
