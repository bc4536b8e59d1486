using Causality.Core;
using Causality.Storage.Database.Records;
using Microsoft.EntityFrameworkCore;

namespace Causality.TestKit.Operators;

/// <summary>Reads and writes plans, which differ and transfer share.</summary>
public static class PlanExtensions
{
    /// <summary>The rows of a sync's plan, ascending by segment id.</summary>
    public static Task<List<PlanSegmentRecord>> PlanAsync(this OperatorHost host, Guid syncId) =>
        host.QueryAsync(database => database.Set<PlanSegmentRecord>().AsNoTracking().Where(row => row.SyncId == syncId).OrderBy(row => row.SegmentId).ToListAsync());

    /// <summary>Writes rows as the differ would.</summary>
    public static Task AddToPlanAsync(this OperatorHost host, Guid syncId, PlanSegmentState state, params IEnumerable<SegmentMetadata> segments) => host.ChangeAsync(database =>
    {
        database.AddRange(segments.Select(segment => new PlanSegmentRecord
        {
            SyncId = syncId,
            SegmentId = segment.Id.Value,
            ContentHash = segment.ContentHash.ToString(),
            Origin = segment.Origin.Value,
            StartTimestamp = segment.StartTimestamp,
            EndTimestamp = segment.EndTimestamp,
            EntryCount = segment.EntryCount,
            SizeBytes = segment.SizeBytes,
            State = state,
        }));
        return Task.CompletedTask;
    });

    /// <summary>Writes a row that moves a segment, or only some entries of it.</summary>
    public static Task AddToPlanAsync(
        this OperatorHost host, Guid syncId, SegmentMetadata segment, IEnumerable<ContentHash>? entries, PlanDirection direction = PlanDirection.In) => host.ChangeAsync(database =>
    {
        database.Add(new PlanSegmentRecord
        {
            SyncId = syncId,
            SegmentId = segment.Id.Value,
            ContentHash = segment.ContentHash.ToString(),
            Origin = segment.Origin.Value,
            StartTimestamp = segment.StartTimestamp,
            EndTimestamp = segment.EndTimestamp,
            EntryCount = segment.EntryCount,
            SizeBytes = segment.SizeBytes,
            Entries = entries?.SelectMany(hash => hash.ToByteArray()).ToArray(),
            Direction = direction,
        });
        return Task.CompletedTask;
    });
}
