using System.Globalization;
using System.Text.Json;
using Causality.Scheduler.Dashboard.Overview;
using Causality.Scheduler.Dashboard.Peers;
using Causality.Scheduler.StateMachines;
using Causality.Scheduler.Syncs;
using Causality.Storage.Database;
using Causality.Storage.Database.Records;
using Microsoft.EntityFrameworkCore;

namespace Causality.Scheduler.Dashboard.Syncs;

/// <summary>Reads a sync with its plan.</summary>
internal static class SyncPageReader
{
    /// <summary>Null for an unknown sync.</summary>
    public static async Task<SyncPageModel?> ReadAsync(CausalityDbContext database, Guid syncId, string? after, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await SyncHistory.FindAsync(database, syncId, cancellationToken) is not { } details)
            return null;

        var sync = await database.Set<SyncState>().AsNoTracking().FirstOrDefaultAsync(known => known.CorrelationId == syncId, cancellationToken);
        var failed = await FailedAsync(database, syncId, after, cancellationToken);
        return new SyncPageModel
        {
            Details = details,
            Running = sync is { Active: true } ? RunningSync.Of(sync, now) : null,
            Phases = SyncTimeline.Read(sync?.Timeline),
            Settings = SettingsOf(sync),
            Plan = await PlanAsync(database, syncId, cancellationToken),
            Failed = failed,
            Next = failed.Count == SyncPageModel.FailedPerPage ? failed[^1].SegmentId : null,
        };
    }

    private static async Task<IReadOnlyList<PlanCount>> PlanAsync(CausalityDbContext database, Guid syncId, CancellationToken cancellationToken)
    {
        var counts = await database.Set<PlanSegmentRecord>().AsNoTracking().Where(segment => segment.SyncId == syncId)
            .GroupBy(segment => new { segment.Direction, segment.State, segment.Reason })
            .Select(group => new { group.Key.Direction, group.Key.State, group.Key.Reason, Segments = group.LongCount(), Entries = group.Sum(segment => segment.EntryCount), Bytes = group.Sum(segment => segment.SizeBytes) })
            .ToListAsync(cancellationToken);
        return [.. counts.Select(count => new PlanCount(count.Direction, count.State, count.Reason, count.Segments, count.Entries, count.Bytes)).OrderBy(count => (count.Direction, count.State)).ThenBy(count => count.Reason, StringComparer.Ordinal)];
    }

    private static async Task<List<FailedSegment>> FailedAsync(CausalityDbContext database, Guid syncId, string? after, CancellationToken cancellationToken)
    {
        var failed = database.Set<PlanSegmentRecord>().AsNoTracking().Where(segment => segment.SyncId == syncId && segment.State == PlanSegmentState.Failed);
        if (after is not null)
            failed = failed.Where(segment => string.Compare(segment.SegmentId, after) > 0);
        return await failed.OrderBy(segment => segment.SegmentId).ThenBy(segment => segment.ContentHash).Take(SyncPageModel.FailedPerPage)
            .Select(segment => new FailedSegment(segment.SegmentId, segment.Origin, segment.Reason, segment.Detail)).ToListAsync(cancellationToken);
    }

    // As the row keeps them, so that a setting that comes later is shown without a change here.
    private static IReadOnlyList<(string Label, string Value)> SettingsOf(SyncState? sync)
    {
        if (sync is null)
            return [];
        using var settings = JsonDocument.Parse(sync.Settings);
        return [.. settings.RootElement.EnumerateObject().Select(setting => (OverrideNames.LabelOf(setting.Name), TextOf(setting.Value, OverrideNames.UnitOf(setting.Name))))];
    }

    private static string TextOf(JsonElement value, string unit) => value.ValueKind switch
    {
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        JsonValueKind.Number => $"{value.GetInt64().ToString("N0", CultureInfo.InvariantCulture)} {unit}".TrimEnd(),
        _ => value.ToString(),
    };
}
