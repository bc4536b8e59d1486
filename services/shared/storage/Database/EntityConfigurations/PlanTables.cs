using Causality.Storage.Database.Records;
using Microsoft.EntityFrameworkCore;

namespace Causality.Storage.Database.EntityConfigurations;

/// <summary>The plans of syncs: <c>plan.segments</c> and <c>plan.fences</c>.</summary>
internal sealed class PlanTables : IEntityTables
{
    /// <summary>The schema.</summary>
    public const string Schema = "plan";

    /// <inheritdoc/>
    public void Map(ModelBuilder model, TableNames names)
    {
        MapSegments(model, names);
        MapFences(model, names);
    }

    private static void MapFences(ModelBuilder model, TableNames names) => model.Entity<PlanFenceRecord>(entity =>
    {
        names.Table(entity, Schema, "fences");
        entity.HasKey(x => x.SyncId);
        entity.Property(x => x.SyncId).HasColumnName("sync_id").HasComment("The sync");
        entity.Property(x => x.StoppedAttempt).HasColumnName("stopped_attempt").HasComment("Work of this attempt and of earlier ones must stop");
    });

    private static void MapSegments(ModelBuilder model, TableNames names) => model.Entity<PlanSegmentRecord>(entity =>
    {
        names.Table(entity, Schema, "segments");
        entity.HasKey(x => new { x.SyncId, x.SegmentId, x.ContentHash });
        entity.Property(x => x.SyncId).HasColumnName("sync_id").HasComment("The sync");
        entity.Property(x => x.SegmentId).HasColumnName("segment_id").HasComment("The segment to fetch");
        entity.Property(x => x.ContentHash).HasColumnName("content_hash").HasComment("The peer's content, lower-case hex");
        entity.Property(x => x.Attempt).HasColumnName("attempt").HasComment("The attempt whose comparison planned it");
        entity.Property(x => x.Origin).HasColumnName("origin").HasComment("Origin, as the peer says");
        entity.Property(x => x.StartTimestamp).HasColumnName("start_timestamp").HasComment("Smallest timestamp, as the peer says, ms since the Unix epoch");
        entity.Property(x => x.EndTimestamp).HasColumnName("end_timestamp").HasComment("Greatest timestamp, as the peer says, ms since the Unix epoch");
        entity.Property(x => x.EntryCount).HasColumnName("entry_count").HasComment("Entries, as the peer says");
        entity.Property(x => x.SizeBytes).HasColumnName("size_bytes").HasComment("Content length, as the peer says");
        entity.Property(x => x.Direction).HasColumnName("direction").HasComment("0 from the peer to us, 1 from us to the peer");
        entity.Property(x => x.Entries).HasColumnName("entries").HasComment("Hashes of the entries to move, 32 bytes each; null for the whole segment");
        entity.Property(x => x.State).HasColumnName("state").HasComment("0 pending, 1 stored, 2 failed, 3 superseded, 4 excluded");
        entity.Property(x => x.Reason).HasColumnName("reason").HasComment("Reason code when failed");
        entity.Property(x => x.Detail).HasColumnName("detail").HasComment("The reason for people");
        entity.Property(x => x.EntriesAdded).HasColumnName("entries_added").HasComment("Entries that our copy did not have");
        entity.Property(x => x.BytesReceived).HasColumnName("bytes_received").HasComment("Content bytes received");
    });
}
