using System.Threading.Channels;
using Causality.Contracts;
using Causality.Messaging;
using Causality.Protocol;
using Causality.Storage;
using Causality.Storage.Database;
using Causality.Storage.Log;
using Causality.Storage.Log.Staging;
using Causality.Transfer.Options;
using Causality.Transfer.Pacing;
using Microsoft.Extensions.Options;

namespace Causality.Transfer.Pulling;

/// <summary>Fetches the pending segments of a plan, verifies them and stores them in batches.</summary>
/// <remarks>
/// A few streams fetch, check and write out; one stores: a barrier and a transaction for each batch, while the next ones come in. What a batch has stored is
/// settled in the plan by the same transaction, so a crash costs what was not yet stored and no more.
/// </remarks>
public sealed class PlanPuller(
    ISyncProtocol protocol, ISyncableStorage storage, IImportStaging staging, StagedPull staged, ITransactionalOutbox outbox, IServiceScopeFactory scopes, PeerPaces paces, IOptions<TransferOptions> options, TimeProvider time,
    ILogger<PlanPuller> logger)
{
    private const int RowsAtOnce = 10_000;

    // Well under the broker's limit on an unacknowledged delivery (30 minutes by default): a long plan is many shares.
    private static readonly TimeSpan ShareTime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ReportEvery = TimeSpan.FromMilliseconds(500);

    // In which a process that is asked to stop stores what has come whole; well under the time that it is given.
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(10);

    /// <summary>Carries the plan out until nothing is pending or the share's time is up.</summary>
    /// <exception cref="PeerUnavailableException">The peer went away; what is stored stays settled.</exception>
    public async Task PullAsync(TransferSegments command, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        if (await BeginsWithSomethingAsync(command, cancellationToken))
            TransferMetrics.Resumes.Add(1);
        await staged.StoreAsync(command, cancellationToken);
        var sizes = Enumerable.Range(0, options.Value.Streams).Select(_ => new RequestSize(command.Settings.BatchSize, options.Value.Streams)).ToList();
        while (time.GetElapsedTime(began) < ShareTime)
        {
            var wanted = await NextAsync(command.SyncId, cancellationToken);
            if (wanted.Count == 0)
                return;
            await PullAsync(command, wanted, sizes, cancellationToken);
        }
    }

    private async Task PullAsync(TransferSegments command, List<PlannedSegment> wanted, IReadOnlyList<RequestSize> sizes, CancellationToken cancellationToken)
    {
        using var fetch = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // Whoever stops fetching goes on storing: what has come whole is not to be sent again.
        using var keep = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        await using var stopping = cancellationToken.Register(() => keep.CancelAfter(StopTime));
        var batches = Channel.CreateBounded<PullBatch>(1);
        var fetching = FetchAsync(command, wanted, sizes, batches.Writer, fetch.Token, keep.Token);
        try
        {
            await StoreAsync(command, batches.Reader, keep.Token);
        }
        finally
        {
            // If storing failed, nobody reads the channel any more and the streams must not wait for ever.
            await fetch.CancelAsync();
            await keep.CancelAsync();
            await fetching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            while (batches.Reader.TryRead(out var left))
                await left.DisposeAsync();
        }
    }

    private async Task FetchAsync(TransferSegments command, List<PlannedSegment> wanted, IReadOnlyList<RequestSize> sizes, ChannelWriter<PullBatch> batches, CancellationToken cancellationToken, CancellationToken keep)
    {
        var requests = new PullQueue(wanted);
        var pulse = new TransferPulse(paces.Of(command.Peer.Id, command.Settings), command.Settings, () => ReportAsync(command, cancellationToken), time);
        var fetch = new FetchOptions { VerifyHashes = command.Settings.VerifyHashes, Compressed = options.Value.Compressed, Pace = pulse };
        var streams = sizes
            .Select(size => Task.Run(() => RunAsync(new PullStream(protocol, staging, command, fetch, Patience(), requests, size, batches, time)), CancellationToken.None)).ToList();
        try
        {
            await pulse.WhileAsync(Task.WhenAll(streams));
            batches.Complete();
        }
        catch (Exception exception)
        {
            batches.Complete(exception);
        }

        PeerPatience Patience() => new(command.Settings, () => ReportAsync(command, cancellationToken), time);

        async Task RunAsync(PullStream stream)
        {
            await using var owned = stream;
            try
            {
                await stream.RunAsync(cancellationToken, keep);
            }
            catch
            {
                // The others finish what they are at, so that it is kept, and take on no more.
                requests.Clear();
                throw;
            }
        }
    }

    private async Task StoreAsync(TransferSegments command, ChannelReader<PullBatch> batches, CancellationToken cancellationToken)
    {
        var reported = time.GetTimestamp();
        await foreach (var batch in batches.ReadAllAsync(cancellationToken))
        {
            await using (batch)
            {
                await batch.StoreAsync(command, time.GetUtcNow().ToUnixTimeMilliseconds(), cancellationToken);
                batch.Tell(logger, command);
            }

            Failpoint.Reach(Failpoints.TransferBetweenBatches);
            if (time.GetElapsedTime(reported) < ReportEvery)
                continue;
            reported = time.GetTimestamp();
            await ReportAsync(command, cancellationToken);
        }
    }

    private Task ReportAsync(TransferSegments command, CancellationToken cancellationToken) => PlanProgress.ReportAsync(outbox, command, cancellationToken);

    /// <summary>True when some of the plan is stored. A command that comes late, of an attempt that is given up, ends here: it would fetch what another one fetches, to find that out at its first commit.</summary>
    private async Task<bool> BeginsWithSomethingAsync(TransferSegments command, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<CausalityDbContext>();
        await database.ThrowIfStoppedAsync(command.SyncId, command.Attempt, cancellationToken);
        return await PlanRows.HasStoredAsync(database, command.SyncId, cancellationToken);
    }

    private async Task<List<PlannedSegment>> NextAsync(Guid syncId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var wishes = await PlanRows.NextAsync(scope.ServiceProvider.GetRequiredService<CausalityDbContext>(), syncId, RowsAtOnce, cancellationToken);
        var known = (await storage.GetSegmentMetadataAsync(wishes.ConvertAll(wish => wish.Segment.Id).ToHashSet(), cancellationToken)).Select(segment => segment.Id).ToHashSet();
        return wishes.ConvertAll(wish => new PlannedSegment(wish, !known.Contains(wish.Segment.Id)));
    }
}
