using Causality.Storage.Database.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Causality.Storage.Database.EntityConfigurations;

/// <summary>The log: <c>log.segments</c>, <c>log.head</c>, <c>log.arrivals</c> and <c>log.contributions</c>.</summary>
internal sealed class LogTables : IEntityTables
{
    /// <summary>The schema.</summary>
    public const string Schema = "log";

    /// <inheritdoc/>
    public void Map(ModelBuilder model, TableNames names)
    {
        model.Entity<SegmentRecord>(entity => MapSegments(entity, names));
        model.Entity<HeadRecord>(entity => MapHead(entity, names));
        model.Entity<ArrivalRecord>(entity =>
        {
            names.Table(entity, Schema, "arrivals");
            entity.HasKey(row => row.Id);
            ViewTables.NameColumns(entity);
        });
        model.Entity<ContributionRecord>(entity =>
        {
            names.Table(entity, Schema, "contributions");
            entity.HasKey(row => row.PeerId);
            ViewTables.NameColumns(entity);
        });
    }

    private static void MapSegments(EntityTypeBuilder<SegmentRecord> entity, TableNames names)
    {
        names.Table(entity, Schema, "segments");
        entity.HasKey(x => x.Id);
        entity.Property(x => x.Id).HasColumnName("id").HasComment("Name of the segment; ordinal order");
        entity.Property(x => x.Origin).HasColumnName("origin").HasComment("Operator that writes the segment");
        entity.Property(x => x.StartTimestamp).HasColumnName("start_timestamp").HasComment("Smallest entry timestamp, ms since the Unix epoch");
        entity.Property(x => x.EndTimestamp).HasColumnName("end_timestamp").HasComment("Greatest entry timestamp, ms since the Unix epoch");
        entity.Property(x => x.EntryCount).HasColumnName("entry_count").HasComment("Number of entries");
        entity.Property(x => x.ContentHash).HasColumnName("content_hash").HasComment("SHA-256 of the content; name of its blob");
        entity.Property(x => x.SizeBytes).HasColumnName("size_bytes").HasComment("Length of the content");
        entity.Property(x => x.ChangedVersion).HasColumnName("changed_version").HasComment("log.head.version of the latest change; unique: the change feed");
    }

    private static void MapHead(EntityTypeBuilder<HeadRecord> entity, TableNames names)
    {
        names.Table(entity, Schema, "head");
        entity.HasKey(x => x.Id);
        entity.Property(x => x.Id).HasColumnName("id").ValueGeneratedNever().HasComment("Always 1");
        entity.Property(x => x.Version).HasColumnName("version").HasComment("Version of the latest change");
        entity.Property(x => x.FingerprintSum).HasColumnName("fingerprint_sum").HasComment("Sum of SHA-256(id, 0, content_hash) over the segments mod 2^256, little-endian");
        entity.Property(x => x.SegmentCount).HasColumnName("segment_count").HasComment("Number of segments");
        entity.Property(x => x.EntryCount).HasColumnName("entry_count").HasComment("Sum of the segments' entry counts");
        entity.Property(x => x.SizeBytes).HasColumnName("size_bytes").HasComment("Sum of the segments' content lengths");
    }
}
