using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Causality.Storage.Database.Migrations;

/// <summary>The peers.</summary>
[DbContext(typeof(CausalityDbContext))]
[Migration("20261123000400_Peers")]
public sealed class M0004Peers : CausalityMigration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        Schema(migrationBuilder, "scheduler");
        Table(migrationBuilder, "scheduler", "peers", "Peers; written by the scheduler, read by the gateway", table => new
        {
            id = table.Column<string>(nullable: false, collation: Ordinal, comment: "The peer's operator id"),
            address = table.Column<string>(nullable: false, comment: "Base address of its gateway"),
            pins = table.Column<string>(nullable: false, comment: "SHA-256 of its public key (SPKI), lower-case hex; two during a rotation, separated by a comma"),
            enabled = table.Column<bool>(nullable: false, comment: "False while switched off"),
            overrides = table.Column<string>(nullable: true, comment: "Settings of this peer, JSON"),
            added_at = table.Column<long>(nullable: false, comment: "ms since the Unix epoch"),
            next_sync_at = table.Column<long>(nullable: false, comment: "When the schedule wants it next, ms since the Unix epoch"),
            last_sync_at = table.Column<long>(nullable: true, comment: "When a sync last ended well, ms since the Unix epoch"),
            last_status = table.Column<string>(nullable: true, comment: "How its latest sync stands"),
            last_reason = table.Column<string>(nullable: true, comment: "Reason code of its latest failure"),
            successful_syncs = table.Column<long>(nullable: false, comment: "Syncs that ended well"),
            failed_syncs = table.Column<long>(nullable: false, comment: "Syncs that failed"),
            version = table.Column<long>(nullable: false, comment: "Grows with every change"),
        }, table => table.PrimaryKey("pk_scheduler_peers", x => x.id));
        Index(migrationBuilder, "scheduler", "peers", ["next_sync_at"]);
    }

    /// <inheritdoc/>
    protected override void Down(MigrationBuilder migrationBuilder) => Drop(migrationBuilder, "scheduler", "peers");
}
