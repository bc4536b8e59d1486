using Causality.Contracts;
using Causality.Scheduler.Dashboard.Rendering;
using Causality.Scheduler.Events;
using Causality.Scheduler.StateMachines;
using Causality.Scheduler.Syncs;
using Causality.Storage.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Causality.Scheduler.Dashboard.Throughput;

/// <summary>Reads the figures of the charts off the rows of syncs and, for the last hour, off their events; one look serves all viewers.</summary>
internal sealed class FigureReader(IDbContextFactory<CausalityDbContext> databases, IOptions<DashboardOptions> options, TimeProvider time)
{
    private const int MostRows = 10_000;

    // A sync that ran longer than this before the window is not seen in it; the bound lets the index of the beginnings be used.
    private const long LongestSyncMs = 7L * 24 * 60 * 60 * 1000;
    private readonly Dictionary<string, SharedView<FigureModel>> _views = [];
    private readonly Lock _lock = new();

    public Task<FigureModel> ReadAsync(FigureWindow window, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (!_views.TryGetValue(window.Name, out var view))
                _views[window.Name] = view = new SharedView<FigureModel>(options.Value.LookEvery, time, () => LookAsync(window));
            return view.GetAsync(cancellationToken);
        }
    }

    private async Task<FigureModel> LookAsync(FigureWindow window)
    {
        using var limit = new CancellationTokenSource(options.Value.AnswerTimeout);
        await using var database = await databases.CreateDbContextAsync(limit.Token);
        var now = time.GetUtcNow();
        var begin = window.BeginOf(now);
        var parts = FigureSeries.Empty(window, begin);
        await CountOutcomesAsync(database, window, begin, parts, limit.Token);
        var marks = window == FigureWindow.All[0] ? await MarksOfEventsAsync(database, begin, limit.Token) : await MarksOfRowsAsync(database, begin, limit.Token);
        foreach (var sync in marks.OfSyncs)
            FigureSeries.Add(parts, window.PartMs, begin, sync);
        return new FigureModel(window, now, parts, marks.IsCut);
    }

    private static async Task CountOutcomesAsync(CausalityDbContext database, FigureWindow window, long begin, List<FigurePart> parts, CancellationToken cancellationToken)
    {
        var length = window.PartMs;
        var counts = await database.Set<SyncState>().AsNoTracking().Where(sync => sync.StartedAt >= begin - LongestSyncMs && !sync.Active && sync.EndedAt >= begin)
            .GroupBy(sync => new { Part = (sync.EndedAt!.Value - begin) / length, sync.CurrentState })
            .Select(group => new { group.Key.Part, group.Key.CurrentState, Count = group.LongCount() }).ToListAsync(cancellationToken);
        foreach (var count in counts.Where(count => count.Part < parts.Count))
        {
            var part = parts[(int)count.Part];
            switch (count.CurrentState)
            {
                case nameof(SyncStateMachine.Completed): part.Completed += count.Count; break;
                case nameof(SyncStateMachine.Skipped): part.Skipped += count.Count; break;
                case nameof(SyncStateMachine.Failed): part.Failed += count.Count; break;
                default: part.Cancelled += count.Count; break;
            }
        }
    }

    // Over days it is enough to know when a sync began, when it ended, and what it did.
    private static async Task<(IEnumerable<IReadOnlyList<SyncMark>> OfSyncs, bool IsCut)> MarksOfRowsAsync(CausalityDbContext database, long begin, CancellationToken cancellationToken)
    {
        var rows = await database.Set<SyncState>().AsNoTracking().Where(sync => sync.StartedAt >= begin - LongestSyncMs && (sync.EndedAt ?? sync.LastProgressAt) >= begin && (sync.EntriesSynced > 0 || sync.BytesReceived > 0))
            .OrderByDescending(sync => sync.StartedAt).Take(MostRows)
            .Select(sync => new { sync.StartedAt, Until = sync.EndedAt ?? sync.LastProgressAt, sync.EntriesSynced, sync.BytesReceived }).ToListAsync(cancellationToken);
        return (rows.Select(row => (IReadOnlyList<SyncMark>)[new(row.StartedAt, 0, 0), new(row.Until, row.EntriesSynced, row.BytesReceived)]), rows.Count == MostRows);
    }

    private static async Task<(IEnumerable<IReadOnlyList<SyncMark>> OfSyncs, bool IsCut)> MarksOfEventsAsync(CausalityDbContext database, long begin, CancellationToken cancellationToken)
    {
        string[] types = [nameof(SyncAccepted), nameof(SyncProgressed), nameof(SyncCompleted), nameof(SyncFailed), nameof(SyncCancelled)];
        var events = await database.Set<PublicEvent>().AsNoTracking().Where(published => published.At >= begin && types.Contains(published.EventType))
            .OrderByDescending(published => published.At).Take(MostRows).ToListAsync(cancellationToken);
        var marks = events.GroupBy(published => published.SyncId)
            .Select(sync => (IReadOnlyList<SyncMark>)[.. sync.Select(MarkOf).OrderBy(mark => mark.At).ThenBy(mark => mark.Bytes).ThenBy(mark => mark.Entries)]);
        return (marks, events.Count == MostRows);
    }

    private static SyncMark MarkOf(PublicEvent published)
    {
        if (published.EventType == nameof(SyncProgressed))
        {
            var progress = SyncJson.Read<SyncProgressed>(published.Body);
            return new SyncMark(published.At, progress.EntriesSynced, progress.BytesReceived);
        }

        return EndedSync.ResultOf(published) is { } result ? new SyncMark(published.At, result.EntriesSynced, result.BytesReceived) : new SyncMark(published.At, 0, 0);
    }
}
