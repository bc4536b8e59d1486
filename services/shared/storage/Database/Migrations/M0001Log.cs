using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Causality.Storage.Database.Migrations;

/// <summary>The log: segments and the head row.</summary>
[DbContext(typeof(CausalityDbContext))]
[Migration("20261123000100_Log")]
public sealed class M0001Log : CausalityMigration
{
    private const string Log = "log";

    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        Schema(migrationBuilder, Log);
        Segments(migrationBuilder);
        Head(migrationBuilder);
    }

    /// <inheritdoc/>
    protected override void Down(MigrationBuilder migrationBuilder)
    {
        Drop(migrationBuilder, Log, "head");
        Drop(migrationBuilder, Log, "segments");
    }

    private void Segments(MigrationBuilder builder)
    {
        Table(builder, Log, "segments", "Segments of the log; the row is written after the blob is durable; never deleted", table => new
        {
            id = table.Column<string>(nullable: false, collation: Ordinal, comment: "Name of the segment; ordinal order"),
            origin = table.Column<string>(nullable: false, comment: "Operator that writes the segment"),
            start_timestamp = table.Column<long>(nullable: false, comment: "Smallest entry timestamp, ms since the Unix epoch"),
            end_timestamp = table.Column<long>(nullable: false, comment: "Greatest entry timestamp, ms since the Unix epoch"),
            entry_count = table.Column<long>(nullable: false, comment: "Number of entries"),
            content_hash = table.Column<byte[]>(nullable: false, comment: "SHA-256 of the content; name of its blob"),
            size_bytes = table.Column<long>(nullable: false, comment: "Length of the content"),
            changed_version = table.Column<long>(nullable: false, comment: "log.head.version of the latest change; unique: the change feed"),
        }, table =>
        {
            table.PrimaryKey("pk_log_segments", x => x.id);
            table.CheckConstraint("ck_log_segments_content_hash", "length(content_hash) = 32");
            table.CheckConstraint("ck_log_segments_entry_count", "entry_count >= 1");
            table.CheckConstraint("ck_log_segments_timestamps", "start_timestamp <= end_timestamp");
        });
        Index(builder, Log, "segments", ["changed_version"], unique: true);
        Index(builder, Log, "segments", ["start_timestamp", "id"]);
    }

    private void Head(MigrationBuilder builder)
    {
        Table(builder, Log, "head", "One row: locked by every change of segments, so that versions commit in order and the fingerprint is exact", table => new
        {
            id = table.Column<int>(nullable: false, comment: "Always 1"),
            version = table.Column<long>(nullable: false, comment: "Version of the latest change"),
            fingerprint_sum = table.Column<byte[]>(nullable: false, comment: "Sum of SHA-256(id, 0, content_hash) over the segments mod 2^256, little-endian"),
            segment_count = table.Column<long>(nullable: false, comment: "Number of segments"),
            entry_count = table.Column<long>(nullable: false, comment: "Sum of the segments' entry counts"),
            size_bytes = table.Column<long>(nullable: false, comment: "Sum of the segments' content lengths"),
        }, table =>
        {
            table.PrimaryKey("pk_log_head", x => x.id);
            table.CheckConstraint("ck_log_head_one_row", "id = 1");
        });
        var zero = IsPostgreSql ? "decode(repeat('00', 32), 'hex')" : "zeroblob(32)";
        builder.Sql($"INSERT INTO {Names.Quoted(Log, "head")} (id, version, fingerprint_sum, segment_count, entry_count, size_bytes) VALUES (1, 0, {zero}, 0, 0, 0);");
        // One hot row: room on its page lets every update stay there, and dead versions go early.
        OnPostgreSql(builder, "ALTER TABLE log.head SET (fillfactor = 10, autovacuum_vacuum_threshold = 50, autovacuum_vacuum_scale_factor = 0);");
    }
}
