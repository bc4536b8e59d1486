using System.Threading.Channels;
using Causality.Contracts;
using Causality.Core;
using Causality.Messaging;
using Causality.Protocol;
using Causality.ServiceDefaults.Steps;
using Causality.Storage;
using Causality.Storage.Database;
using Causality.Storage.Log;

namespace Causality.Transfer.Pulling;

/// <summary>Fetches the pending segments of a plan, verifies them and stores them in batches.</summary>
/// <remarks>
/// While one batch is being made durable, the next one comes in: a bounded channel of one batch keeps the peer's stream waiting rather than
/// memory growing. What a batch has stored is settled in the plan by the same transaction, so a crash costs the batches in flight and no more.
/// </remarks>
public sealed class PlanPuller(ISyncProtocol protocol, ISyncableStorage storage, ITransactionalOutbox outbox, IServiceScopeFactory scopes, TimeProvider time)
{
    private const int SegmentsPerRequest = 500;
    private const long BatchBytes = 8 * 1024 * 1024;

    // Well under the broker's limit on an unacknowledged delivery (30 minutes by default): a long plan is many shares.
    private static readonly TimeSpan ShareTime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ReportEvery = TimeSpan.FromMilliseconds(500);

    /// <summary>Carries the plan out until nothing is pending or the share's time is up.</summary>
    /// <exception cref="PeerUnavailableException">The peer went away; what is stored stays settled.</exception>
    public async Task PullAsync(TransferSegments command, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        while (time.GetElapsedTime(began) < ShareTime)
        {
            var wanted = await NextAsync(command.SyncId, cancellationToken);
            if (wanted.Count == 0)
                return;
            await PullAsync(command, wanted, cancellationToken);
        }
    }

    private async Task PullAsync(TransferSegments command, List<SegmentMetadata> wanted, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var batches = Channel.CreateBounded<List<FetchedSegment>>(1);
        var fetching = FetchAsync(command, wanted, batches.Writer, stop.Token);
        try
        {
            await StoreAsync(command, batches.Reader, cancellationToken);
        }
        finally
        {
            // If storing failed, nobody reads the channel any more and the fetcher must not wait for ever.
            await stop.CancelAsync();
            await fetching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task FetchAsync(TransferSegments command, List<SegmentMetadata> wanted, ChannelWriter<List<FetchedSegment>> batches, CancellationToken cancellationToken)
    {
        var batch = new List<FetchedSegment>();
        try
        {
            var (received, entries, bytes) = (0, 0L, 0L);
            await foreach (var segment in protocol.FetchSegmentsAsync(command.Peer, wanted, command.Settings.VerifyHashes, cancellationToken))
            {
                batch.Add(segment);
                received++;
                entries += segment.Segment?.Count ?? 0;
                bytes += segment.BytesReceived;
                if (entries < command.Settings.BatchSize && bytes < BatchBytes)
                    continue;
                await batches.WriteAsync(batch, cancellationToken);
                (batch, entries, bytes) = ([], 0, 0);
            }

            // Rows that nobody answers for would stay pending, and be asked for again and again.
            if (received < wanted.Count)
                throw new ProtocolViolationException($"Peer '{command.Peer.Id}' answered for {received} of the {wanted.Count} segments asked for; each wanted segment needs an answer.");
            if (batch.Count > 0)
                await batches.WriteAsync(batch, cancellationToken);
            batches.Complete();
        }
        catch (Exception exception)
        {
            // What came in whole before the break is worth keeping.
            if (batch.Count > 0 && !cancellationToken.IsCancellationRequested)
                await batches.WriteAsync(batch, cancellationToken);
            batches.Complete(exception);
        }
    }

    private async Task StoreAsync(TransferSegments command, ChannelReader<List<FetchedSegment>> batches, CancellationToken cancellationToken)
    {
        var reported = time.GetTimestamp();
        await foreach (var batch in batches.ReadAllAsync(cancellationToken))
        {
            await StoreBatchAsync(command, batch, cancellationToken);
            Failpoint.Reach(Failpoints.TransferBetweenBatches);
            if (time.GetElapsedTime(reported) < ReportEvery)
                continue;
            reported = time.GetTimestamp();
            await ReportAsync(command, cancellationToken);
        }
    }

    private async Task StoreBatchAsync(TransferSegments command, List<FetchedSegment> batch, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var segments = batch.Where(fetched => fetched.Segment is not null).Select(fetched => fetched.Segment!).ToList();
                await storage.ImportBatchAsync(segments, (database, results, token) => SettleAsync(database, command, batch, results, token), cancellationToken);
                return;
            }
            catch (SegmentInvalidException exception) when (batch.FindIndex(fetched => fetched.Segment?.Metadata.Id == exception.SegmentId) is >= 0 and var index)
            {
                // Good by itself, but its union with our copy is over the limits: that one fails, the rest of the batch is none the worse. One fewer each time.
                batch[index] = batch[index] with { Segment = null, Reason = SyncReasons.SegmentTooLarge, Detail = $"The union with our copy is over the limits. {exception.Message}" };
            }
        }
    }

    private async Task SettleAsync(
        CausalityDbContext database, TransferSegments command, List<FetchedSegment> batch, IReadOnlyList<ImportResult> results, CancellationToken cancellationToken)
    {
        await database.ThrowIfStoppedAsync(command.SyncId, command.Attempt, cancellationToken);
        await PlanRows.SettleAsync(database, command.SyncId, batch, results, cancellationToken);
        await Arrivals.RecordAsync(database, results, command.Peer.Id, command.SyncId, time.GetUtcNow().ToUnixTimeMilliseconds(), cancellationToken);
    }

    private async Task ReportAsync(TransferSegments command, CancellationToken cancellationToken)
    {
        await using var unit = await outbox.BeginAsync(cancellationToken, command.SyncId);
        var totals = await PlanProgress.CountAsync(unit.Database, command.SyncId, cancellationToken);
        unit.Publish(SyncStep.Progress(SyncSteps.Transfer, command.SyncId, command.Attempt) with
        {
            SegmentsSynced = totals.Stored,
            EntriesSynced = totals.EntriesAdded,
            BytesReceived = totals.BytesReceived,
        });
        await unit.CommitAsync(cancellationToken);
    }

    private async Task<List<SegmentMetadata>> NextAsync(Guid syncId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await PlanRows.NextAsync(scope.ServiceProvider.GetRequiredService<CausalityDbContext>(), syncId, SegmentsPerRequest, cancellationToken);
    }
}
