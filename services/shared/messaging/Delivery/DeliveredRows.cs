using System.Threading.Channels;
using Causality.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Causality.Messaging.Delivery;

/// <summary>Deletes confirmed rows, as many at a time as have come together meanwhile.</summary>
/// <remarks>May forget: a row that stays is sent again when its grace ends, and its consumers' inboxes drop it.</remarks>
internal sealed class DeliveredRows(OutboxTable table, ILogger<DeliveredRows> logger) : BackgroundService
{
    private const int Batch = 500;

    // A delete is a transaction of its own: waiting this long for company saves most of them, and nobody waits for the row to go.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(100);
    private readonly Channel<long> _sequences = Channel.CreateBounded<long>(new BoundedChannelOptions(20_000) { SingleReader = true });

    internal void Add(long sequence) => _sequences.Writer.TryWrite(sequence);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _sequences.Writer.TryComplete();
        if (ExecuteTask is { } running)
            await Task.WhenAny(running, Task.Delay(Timeout.Infinite, cancellationToken)).ConfigureAwait(false);
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<long>(Batch);
        while (await _sequences.Reader.WaitToReadAsync(stoppingToken).ConfigureAwait(false))
        {
            try
            {
                await Task.Delay(Gathering, stoppingToken).ConfigureAwait(false);
                while (batch.Count < Batch && _sequences.Reader.TryRead(out var sequence))
                    batch.Add(sequence);
                Failpoint.Reach(Failpoints.OutboxBeforeDelete);
                await table.DeleteAsync(batch, stoppingToken).ConfigureAwait(false);
                Failpoint.Reach(Failpoints.OutboxAfterDelete);
            }
            catch (Exception error) when (error is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                MessagingLog.DeleteFailed(logger, batch.Count, error);
            }

            batch.Clear();
        }
    }
}
