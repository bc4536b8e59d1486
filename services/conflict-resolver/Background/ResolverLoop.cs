using Causality.ConflictResolver.Ledger;
using Causality.ConflictResolver.Options;
using Causality.ConflictResolver.Resolving;
using Causality.Storage.Database;
using Causality.Storage.Database.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Causality.ConflictResolver.Background;

/// <summary>Looks now and then for what came in outside of syncs (own entries of two replicas, segments that a peer sent), and keeps deadlines.</summary>
/// <remarks>Any number of replicas may run it: whatever it writes is written under the ledger's lock, and nothing is decided twice.</remarks>
internal sealed class ResolverLoop(
    ConflictResolution resolution, ConflictDesk desk, IDbContextFactory<CausalityDbContext> contexts, IOptions<ConflictOptions> options, ConflictMetrics metrics, TimeProvider time,
    ILogger<ResolverLoop> logger) : BackgroundService
{
    private static readonly TimeSpan ForgetEvery = TimeSpan.FromHours(1);
    private bool _isFailing;
    private DateTimeOffset _nextForget;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.CheckInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await CheckAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process stops; what is left is found after the start.
        }
    }

    private async Task CheckAsync(CancellationToken stoppingToken)
    {
        try
        {
            await resolution.RunAsync(null, stoppingToken);
            for (var passed = await desk.PassDeadlinesAsync(stoppingToken); passed > 0; passed = await desk.PassDeadlinesAsync(stoppingToken))
                logger.FellBack(passed);
            await using (var database = await contexts.CreateDbContextAsync(stoppingToken))
                metrics.Open = await LedgerQueries.CountOpenAsync(database, stoppingToken);
            await ForgetAsync(stoppingToken);
            if (_isFailing)
                logger.CheckRecovered();
            _isFailing = false;
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            // An outage lasts for many looks; it is told once.
            if (!_isFailing)
                logger.CheckFailed(exception);
            _isFailing = true;
        }
    }

    private async Task ForgetAsync(CancellationToken stoppingToken)
    {
        var now = time.GetUtcNow();
        if (now < _nextForget)
            return;

        _nextForget = now + ForgetEvery;
        var before = (now - TimeSpan.FromDays(options.Value.ArrivalDays)).ToUnixTimeMilliseconds();
        await using var database = await contexts.CreateDbContextAsync(stoppingToken);
        await using var transaction = await database.BeginWriteAsync(stoppingToken);
        var resolved = await database.Set<LedgerHeadRecord>().Select(head => head.ResolvedVersion).SingleAsync(stoppingToken);
        await database.Set<ArrivalRecord>().Where(row => row.ArrivedAt < before && row.LogVersion <= resolved).ExecuteDeleteAsync(stoppingToken);
        await transaction.CommitAsync(stoppingToken);
    }
}
