using Causality.Storage.Database;
using Causality.Storage.Database.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Causality.Messaging.Transactions;

/// <summary>Deletes what the inbox need not remember any more, in batches so that consumers get in between.</summary>
internal sealed class InboxPurger(IServiceScopeFactory scopes, IOptions<BusOptions> options, TimeProvider clock, ILogger<InboxPurger> logger) : BackgroundService
{
    private readonly InboxOptions _options = options.Value.Inbox;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_options.PurgeInterval, clock);
        do
        {
            try
            {
                while (await PurgeBatchAsync(stoppingToken).ConfigureAwait(false))
                    await Task.Yield();
            }
            catch (Exception error) when (error is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                MessagingLog.PurgeFailed(logger, error);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    /// <returns>True if there is more to delete.</returns>
    internal async Task<bool> PurgeBatchAsync(CancellationToken cancellationToken)
    {
        var cutoff = (clock.GetUtcNow() - _options.Window).ToUnixTimeMilliseconds();
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<CausalityDbContext>();
        var old = database.Set<InboxMessage>().Where(row => row.ReceivedAt < cutoff);
        if (!await old.AnyAsync(cancellationToken).ConfigureAwait(false))
            return false;
        // A range of the index on the date, ended by the row that fills the batch.
        var last = await old.OrderBy(row => row.ReceivedAt).Skip(_options.PurgeBatchSize - 1).Select(row => (long?)row.ReceivedAt)
            .FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        await using var transaction = await database.BeginWriteAsync(cancellationToken).ConfigureAwait(false);
        await database.Set<InboxMessage>().Where(row => row.ReceivedAt < cutoff && (last == null || row.ReceivedAt <= last))
            .ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return last is not null;
    }
}
