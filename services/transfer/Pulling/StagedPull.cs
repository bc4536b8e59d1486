using Causality.Contracts;
using Causality.Core;
using Causality.Protocol;
using Causality.Storage.Database;
using Causality.Storage.Log;
using Causality.Storage.Log.Staging;
using Microsoft.EntityFrameworkCore;

namespace Causality.Transfer.Pulling;

/// <summary>Stores what a process that was killed had received for the same sync: it is checked as if it came from the peer, and not asked for again.</summary>
public sealed class StagedPull(IImportStaging staging, ISyncableStorage storage, IServiceScopeFactory scopes, TimeProvider time, ILogger<StagedPull> logger)
{
    private const int RowsAtOnce = 500;
    private const long MostBytes = 32 * 1024 * 1024;

    /// <summary>Finds, checks and stores it; nothing is lost when that fails.</summary>
    public async Task StoreAsync(TransferSegments command, CancellationToken cancellationToken)
    {
        using var found = await Task.Run(() => staging.Recover(command.SyncId), cancellationToken);
        var (segments, bytes) = (0, 0L);
        foreach (var chunk in found.Segments.DistinctBy(staged => (staged.Id, staged.Wanted)).Chunk(RowsAtOnce))
        {
            await using var batch = new BatchOnDemand(staging, command, time);
            foreach (var (planned, staged) in await StillWantedAsync(command, chunk, cancellationToken))
            {
                if (found.Read(staged) is not { } content || Check(planned.Wish, staged.Content, content) is not { } fetched)
                    continue;
                (segments, bytes) = (segments + 1, bytes + content.Length);
                await batch.AddAsync(planned, fetched, MostBytes, cancellationToken);
            }

            await batch.StoreAsync(cancellationToken);
        }

        found.Forget();
        if (segments > 0)
            logger.FoundAgain(command.SyncId, command.Peer.Id, segments, bytes);
    }

    private async Task<List<(PlannedSegment Planned, StagedSegment Staged)>> StillWantedAsync(TransferSegments command, StagedSegment[] staged, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var ids = staged.Select(segment => segment.Id).ToHashSet();
        var wishes = await PlanRows.PendingAsync(scope.ServiceProvider.GetRequiredService<CausalityDbContext>(), command.SyncId, ids, cancellationToken);
        var known = (await storage.GetSegmentMetadataAsync(ids, cancellationToken)).Select(segment => segment.Id).ToHashSet();
        var wanted = wishes.ToDictionary(wish => (wish.Segment.Id, wish.Segment.ContentHash));
        return [.. staged.Where(segment => wanted.ContainsKey((segment.Id, segment.Wanted)))
            .Select(segment => (new PlannedSegment(wanted[(segment.Id, segment.Wanted)], !known.Contains(segment.Id)), segment))];
    }

    private static FetchedSegment? Check(SegmentWish wish, ContentHash hash, byte[] content)
    {
        try
        {
            if (wish.Entries is null)
            {
                return content.Length == wish.Segment.SizeBytes
                    ? new FetchedSegment(wish.Segment, LogSegment.Check(wish.Segment.Id, wish.Segment.Origin, content, wish.Segment.HasContentHash ? wish.Segment.ContentHash : hash), null, null, content.Length)
                    : null;
            }

            var part = LogSegment.Parse(wish.Segment.Id, wish.Segment.Origin, content);
            return part.IndexesOf(wish.Entries.ToHashSet()).Count == part.Count ? new FetchedSegment(wish.Segment, part, null, null, content.Length) : null;
        }
        catch (Exception exception) when (exception is SegmentInvalidException or ContentHashMismatchException)
        {
            return null; // It comes from the peer again, who gets the blame if it is his.
        }
    }

    private sealed class BatchOnDemand(IImportStaging staging, TransferSegments command, TimeProvider time) : IAsyncDisposable
    {
        private PullBatch? _batch;

        public async Task AddAsync(PlannedSegment planned, FetchedSegment fetched, long mostBytes, CancellationToken cancellationToken)
        {
            _batch ??= new PullBatch(staging.Begin(command.SyncId), time.GetTimestamp());
            await _batch.AddAsync(planned, fetched, cancellationToken);
            if (_batch.Bytes >= mostBytes)
                await StoreAsync(cancellationToken);
        }

        public async Task StoreAsync(CancellationToken cancellationToken)
        {
            if (_batch is not { } batch)
                return;
            await batch.StoreAsync(command, time.GetUtcNow().ToUnixTimeMilliseconds(), cancellationToken);
            await batch.DisposeAsync();
            _batch = null;
        }

        public ValueTask DisposeAsync() => _batch?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
