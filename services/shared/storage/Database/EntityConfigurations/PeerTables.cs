using Causality.Storage.Database.Records;
using Microsoft.EntityFrameworkCore;

namespace Causality.Storage.Database.EntityConfigurations;

/// <summary>The peers: <c>scheduler.peers</c>.</summary>
internal sealed class PeerTables : IEntityTables
{
    /// <summary>The schema.</summary>
    public const string Schema = "scheduler";

    /// <inheritdoc/>
    public void Map(ModelBuilder model, TableNames names) => model.Entity<PeerRecord>(entity =>
    {
        names.Table(entity, Schema, "peers");
        entity.HasKey(x => x.Id);
        entity.Property(x => x.Id).HasColumnName("id").HasComment("The peer's operator id");
        entity.Property(x => x.Address).HasColumnName("address").HasComment("Base address of its gateway");
        entity.Property(x => x.Pins).HasColumnName("pins").HasComment("SHA-256 of its public key (SPKI), lower-case hex; two during a rotation, separated by a comma");
        entity.Property(x => x.Enabled).HasColumnName("enabled").HasComment("False while switched off");
        entity.Property(x => x.Permissions).HasColumnName("permissions").HasComment("What it may do here: read, write, resolve, separated by commas");
        entity.Property(x => x.Scope).HasColumnName("scope").HasComment("Prefixes of the segment ids that are shared with it, separated by commas; null for all");
        entity.Property(x => x.Overrides).HasColumnName("overrides").HasComment("Settings of this peer, JSON");
        entity.Property(x => x.AddedAt).HasColumnName("added_at").HasComment("ms since the Unix epoch");
        entity.Property(x => x.NextSyncAt).HasColumnName("next_sync_at").HasComment("When the schedule wants it next, ms since the Unix epoch");
        entity.Property(x => x.LastSyncAt).HasColumnName("last_sync_at").HasComment("When a sync last ended well, ms since the Unix epoch");
        entity.Property(x => x.LastStatus).HasColumnName("last_status").HasComment("How its latest sync stands");
        entity.Property(x => x.LastReason).HasColumnName("last_reason").HasComment("Reason code of its latest failure");
        entity.Property(x => x.RootsMatch).HasColumnName("roots_match").HasComment("Whether both root fingerprints were equal when last compared");
        entity.Property(x => x.SuccessfulSyncs).HasColumnName("successful_syncs").HasComment("Syncs that ended well");
        entity.Property(x => x.FailedSyncs).HasColumnName("failed_syncs").HasComment("Syncs that failed");
        entity.Property(x => x.Version).HasColumnName("version").IsConcurrencyToken().HasComment("Grows with every change");
    });
}
