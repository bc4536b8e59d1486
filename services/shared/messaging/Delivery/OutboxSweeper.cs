using System.Collections.Concurrent;
using Causality.Storage.Database.Records;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Causality.Messaging.Delivery;

/// <summary>Sends what is due and has not been sent: timers, what the fast path left, and what a crash stranded.</summary>
/// <remarks>
/// A sweep leases its rows in a short transaction and sends outside of one, so that a slow broker holds no lock. Any number of replicas may sweep. A row that
/// cannot be sent is backed off together with those that must not overtake it; all others go on.
/// </remarks>
internal sealed class OutboxSweeper(OutboxTable table, OutboxSender sender, OutboxDispatcher dispatcher, SweeperAlarm alarm,
    IOptions<BusOptions> options, TimeProvider clock, ILogger<OutboxSweeper> logger) : BackgroundService
{
    private readonly OutboxOptions _options = options.Value.Outbox;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var rest = await SweepSafelyAsync(stoppingToken).ConfigureAwait(false);
            await alarm.SleepAsync(rest, stoppingToken).ConfigureAwait(false);
        }
    }

    private async Task<long> SweepSafelyAsync(CancellationToken stopping)
    {
        var latest = (clock.GetUtcNow() + _options.SweepInterval).ToUnixTimeMilliseconds();
        try
        {
            alarm.Reset();
            await ReleaseStrandedAsync(stopping).ConfigureAwait(false);
            await SweepAsync(stopping).ConfigureAwait(false);
            return Math.Min(latest, await table.NextDueAsync(stopping).ConfigureAwait(false) ?? latest);
        }
        catch (Exception error) when (error is not OperationCanceledException || !stopping.IsCancellationRequested)
        {
            // The database is away: nothing is lost, the next sweep comes.
            MessagingLog.SweepFailed(logger, error);
            return latest;
        }
    }

    private async Task ReleaseStrandedAsync(CancellationToken stopping)
    {
        if (alarm.TakeStranded() is not { } until)
            return;
        try
        {
            await table.ReleaseStrandedAsync(until, stopping).ConfigureAwait(false);
        }
        catch
        {
            // With the next sweep, which comes by itself: waking it now would spin for as long as the database is away.
            alarm.KeepStranded(until);
            throw;
        }
    }

    private async Task SweepAsync(CancellationToken stopping)
    {
        IReadOnlyList<OutboxMessage> rows;
        do
        {
            rows = await table.LeaseAsync(stopping).ConfigureAwait(false);
            var failed = rows.Count > 0 ? await SendAllAsync(rows, stopping).ConfigureAwait(false) : 0;
            if (dispatcher.IsHeldBack && await HasCaughtUpAsync(rows.Count, failed, stopping).ConfigureAwait(false))
                dispatcher.Resume();
        }
        while (rows.Count == _options.BatchSize);
    }

    /// <summary>The broker takes messages again, or nothing has been refused that still waits.</summary>
    private async Task<bool> HasCaughtUpAsync(int taken, int failed, CancellationToken stopping) =>
        taken < _options.BatchSize && (taken > 0 ? failed < taken : !await table.HasFailedAsync(stopping).ConfigureAwait(false));

    private async Task<int> SendAllAsync(IReadOnlyList<OutboxMessage> rows, CancellationToken stopping)
    {
        var sent = new ConcurrentBag<long>();
        var failed = new ConcurrentBag<OutboxMessage>();
        using var lease = new CancellationTokenSource(_options.Grace * 0.7, clock);
        var queues = rows.GroupBy(row => row.OrderKey ?? row.MessageId).Select(group => group.OrderBy(row => row.Sequence).ToList());
        var limits = new ParallelOptions { MaxDegreeOfParallelism = _options.Lanes, CancellationToken = stopping };
        await Parallel.ForEachAsync(queues, limits, async (queue, token) => await SendInOrderAsync(queue, sent, failed, lease.Token, token).ConfigureAwait(false))
            .ConfigureAwait(false);
        await table.SettleAsync(sent, failed, stopping).ConfigureAwait(false);
        return failed.Count;
    }

    private async Task SendInOrderAsync(List<OutboxMessage> queue, ConcurrentBag<long> sent, ConcurrentBag<OutboxMessage> failed, CancellationToken lease,
        CancellationToken stopping)
    {
        var due = 0L;
        foreach (var row in queue)
        {
            // Behind a failure, or out of time: the same new date keeps the order.
            if (due == 0 && !lease.IsCancellationRequested)
            {
                try
                {
                    await sender.SendAsync(row, DeliveryPath.Sweeper, stopping).ConfigureAwait(false);
                    sent.Add(row.Sequence);
                    continue;
                }
                catch (Exception error) when (error is not OperationCanceledException || !stopping.IsCancellationRequested)
                {
                    row.Attempts++;
                    MessagingLog.SendFailed(logger, row.MessageId, row.Destination, row.Attempts, error);
                    due = Backoff.NextAttempt(clock.GetUtcNow(), row.Attempts);
                }
            }

            row.DueAt = due == 0 ? clock.GetUtcNow().ToUnixTimeMilliseconds() : due;
            failed.Add(row);
        }
    }
}
