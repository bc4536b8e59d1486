using System.Threading.Channels;
using Causality.Storage.Database.Records;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Causality.Messaging.Delivery;

/// <summary>The fast path: sends committed messages from memory, in order within a lane; messages of one order key share a lane.</summary>
/// <remarks>
/// Bounded, and free to give up: what does not fit, or fails, is the <see cref="OutboxSweeper"/>'s. After a failure everything goes that way until the
/// sweeper has caught up, else later messages of a saga would overtake the failed one.
/// </remarks>
internal sealed class OutboxDispatcher : BackgroundService
{
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(5);
    private readonly Channel<OutboxBatch>[] _lanes;
    private readonly OutboxSender _sender;
    private readonly OutboxTable _table;
    private readonly DeliveredRows _delivered;
    private readonly SweeperAlarm _alarm;
    private readonly OutboxOptions _options;
    private readonly ILogger<OutboxDispatcher> _logger;
    private volatile bool _heldBack;

    public OutboxDispatcher(OutboxSender sender, OutboxTable table, DeliveredRows delivered, SweeperAlarm alarm, IOptions<BusOptions> options, ILogger<OutboxDispatcher> logger)
    {
        (_sender, _table, _delivered, _alarm, _logger) = (sender, table, delivered, alarm, logger);
        _options = options.Value.Outbox;
        _lanes = [.. Enumerable.Range(0, _options.Lanes).Select(_ => Channel.CreateBounded<OutboxBatch>(_options.LaneCapacity))];
    }

    /// <summary>Takes a place for a transaction that is about to commit.</summary>
    /// <returns>Null if the messages are to be left to the sweeper.</returns>
    internal OutboxBatch? TryReserve(Guid? orderKey, IReadOnlyList<OutboxMessage> rows)
    {
        if (!_options.FastPath || _heldBack)
            return null;
        var batch = new OutboxBatch(rows);
        var lane = _lanes[(uint)(orderKey ?? rows[0].MessageId).GetHashCode() % _lanes.Length];
        return lane.Writer.TryWrite(batch) ? batch : null;
    }

    /// <summary>Tells the sweeper of a committed row that is its own.</summary>
    /// <param name="due">Milliseconds since the Unix epoch.</param>
    internal void WakeSweeper(long due) => _alarm.WakeAt(due);

    /// <summary>True after a failure, until <see cref="Resume"/>.</summary>
    internal bool IsHeldBack => _heldBack;

    /// <summary>The sweeper has caught up: the broker takes messages again and nothing older waits.</summary>
    internal void Resume() => _heldBack = false;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var lane in _lanes)
            lane.Writer.TryComplete();
        // What is in the lanes is committed: sending it now spares the next start the wait for the grace to end.
        if (ExecuteTask is { } running)
            await Task.WhenAny(running, Task.Delay(DrainTime, cancellationToken)).ConfigureAwait(false);
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(_lanes.Select(lane => RunAsync(lane.Reader, stoppingToken)));

    private async Task RunAsync(ChannelReader<OutboxBatch> lane, CancellationToken stopping)
    {
        await foreach (var batch in lane.ReadAllAsync(stopping).ConfigureAwait(false))
        {
            if (await batch.Committed.WaitAsync(stopping).ConfigureAwait(false))
                await DeliverAsync(batch.Rows, stopping).ConfigureAwait(false);
        }
    }

    private async Task DeliverAsync(IReadOnlyList<OutboxMessage> rows, CancellationToken stopping)
    {
        var sent = 0;
        try
        {
            for (; sent < rows.Count && !_heldBack; sent++)
            {
                await _sender.SendAsync(rows[sent], DeliveryPath.Fast, stopping).ConfigureAwait(false);
                _delivered.Add(rows[sent].Sequence);
            }
        }
        catch (Exception error) when (error is not OperationCanceledException || !stopping.IsCancellationRequested)
        {
            MessagingLog.FastPathFailed(_logger, rows[sent].MessageId, rows[sent].Destination, error);
            _heldBack = true;
        }

        if (sent < rows.Count)
            await LeaveToSweeperAsync([.. rows.Skip(sent).Select(row => row.Sequence)], stopping).ConfigureAwait(false);
    }

    private async Task LeaveToSweeperAsync(IReadOnlyCollection<long> sequences, CancellationToken stopping)
    {
        try
        {
            _alarm.WakeAt(await _table.ReleaseAsync(sequences, stopping).ConfigureAwait(false));
        }
        catch (Exception error) when (error is not OperationCanceledException || !stopping.IsCancellationRequested)
        {
            // The rows are due when their grace ends.
            MessagingLog.ReleaseFailed(_logger, sequences.Count, error);
        }
    }
}
