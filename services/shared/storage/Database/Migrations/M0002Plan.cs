using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Causality.Storage.Database.Migrations;

/// <summary>The plans of syncs.</summary>
[DbContext(typeof(CausalityDbContext))]
[Migration("20261123000200_Plan")]
public sealed class M0002Plan : CausalityMigration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        Schema(migrationBuilder, "plan");
        Table(migrationBuilder, "plan", "segments", "Segments that a sync is to fetch; the key makes writing a plan twice harmless", table => new
        {
            sync_id = table.Column<Guid>(nullable: false, comment: "The sync"),
            segment_id = table.Column<string>(nullable: false, collation: Ordinal, comment: "The segment to fetch"),
            content_hash = table.Column<string>(nullable: false, collation: Ordinal, comment: "The peer's content, lower-case hex"),
            origin = table.Column<string>(nullable: false, comment: "Origin, as the peer says"),
            start_timestamp = table.Column<long>(nullable: false, comment: "Smallest timestamp, as the peer says, ms since the Unix epoch"),
            end_timestamp = table.Column<long>(nullable: false, comment: "Greatest timestamp, as the peer says, ms since the Unix epoch"),
            entry_count = table.Column<long>(nullable: false, comment: "Entries, as the peer says"),
            size_bytes = table.Column<long>(nullable: false, comment: "Content length, as the peer says"),
            state = table.Column<int>(nullable: false, comment: "0 pending, 1 stored, 2 failed, 3 superseded"),
            reason = table.Column<string>(nullable: true, comment: "Reason code when failed"),
            detail = table.Column<string>(nullable: true, comment: "The reason for people"),
            entries_added = table.Column<long>(nullable: false, comment: "Entries that our copy did not have"),
            bytes_received = table.Column<long>(nullable: false, comment: "Content bytes received"),
        }, table => table.PrimaryKey("pk_plan_segments", x => new { x.sync_id, x.segment_id, x.content_hash }));
        Index(migrationBuilder, "plan", "segments", ["sync_id", "state"]);
        Table(migrationBuilder, "plan", "fences", "Attempts that the saga has given up; their work stops where it finds this", table => new
        {
            sync_id = table.Column<Guid>(nullable: false, comment: "The sync"),
            stopped_attempt = table.Column<int>(nullable: false, comment: "Work of this attempt and of earlier ones must stop"),
        }, table => table.PrimaryKey("pk_plan_fences", x => x.sync_id));
    }

    /// <inheritdoc/>
    protected override void Down(MigrationBuilder migrationBuilder)
    {
        Drop(migrationBuilder, "plan", "fences");
        Drop(migrationBuilder, "plan", "segments");
    }
}
