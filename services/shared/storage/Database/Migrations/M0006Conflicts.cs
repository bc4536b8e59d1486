using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Causality.Storage.Database.Migrations;

/// <summary>The conflict ledger; and the plan's memory of what was ever merged.</summary>
[DbContext(typeof(CausalityDbContext))]
[Migration("20261123000600_Conflicts")]
public sealed class M0006Conflicts : CausalityMigration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        Schema(migrationBuilder, "conflicts");
        Table(migrationBuilder, "conflicts", "versions", "Contents of entry ids that have more than one; all stay in the log, one is shown", table => new
        {
            entry_id = table.Column<string>(nullable: false, collation: Ordinal, comment: "The entry id"),
            entry_hash = table.Column<string>(nullable: false, collation: Ordinal, comment: "The entry hash, lower-case hex"),
            timestamp = table.Column<long>(nullable: false, comment: "The entry's timestamp, ms since the Unix epoch"),
            won = table.Column<bool>(nullable: false, comment: "True for the version that the view shows"),
            rule = table.Column<string>(nullable: false, comment: "The rule that decided"),
            sync_id = table.Column<Guid>(nullable: false, comment: "The sync that brought it to light"),
            peer_id = table.Column<string>(nullable: false, comment: "The peer of that sync"),
            decided_at = table.Column<long>(nullable: false, comment: "ms since the Unix epoch"),
        }, table => table.PrimaryKey("pk_conflicts_versions", x => new { x.entry_id, x.entry_hash }));
        Index(migrationBuilder, "conflicts", "versions", ["sync_id"]);
        Index(migrationBuilder, "plan", "segments", ["segment_id", "content_hash"], filter: "state = 1");
    }

    /// <inheritdoc/>
    protected override void Down(MigrationBuilder migrationBuilder) => Drop(migrationBuilder, "conflicts", "versions");
}
