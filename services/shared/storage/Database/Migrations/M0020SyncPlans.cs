using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Causality.Storage.Database.Migrations;

/// <summary>Plans and explanations that somebody has asked for.</summary>
[DbContext(typeof(CausalityDbContext))]
[Migration("20261126002000_SyncPlans")]
public sealed class M0020SyncPlans : CausalityMigration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        Table(migrationBuilder, "scheduler", "plans", "What syncs would do, and why logs are not equal, as somebody asked; forgotten after an hour. Their segments stand in plan.segments", table => new
        {
            plan_id = table.Column<Guid>(nullable: false, comment: "The plan; the sync_id of its rows in plan.segments"),
            peer_id = table.Column<string>(nullable: false, collation: Ordinal, comment: "The peer"),
            kind = table.Column<string>(nullable: false, comment: "plan or explanation"),
            settings = table.Column<string>(nullable: false, comment: "The settings that the sync would have, JSON"),
            requested_at = table.Column<long>(nullable: false, comment: "ms since the Unix epoch"),
            deadline_at = table.Column<long>(nullable: false, comment: "When it must be there, ms since the Unix epoch"),
            figures = table.Column<string>(nullable: true, comment: "What was found, JSON; null until then"),
            reason = table.Column<string>(nullable: true, comment: "Why the logs could not be compared"),
            detail = table.Column<string>(nullable: true, comment: "The same for people"),
            conflicts = table.Column<long>(nullable: true, comment: "Entry ids that would be in conflict; null until they are counted"),
        }, table => table.PrimaryKey("pk_scheduler_plans", x => x.plan_id));
        Index(migrationBuilder, "scheduler", "plans", ["requested_at"]);
        Index(migrationBuilder, "scheduler", "syncs", ["peer_id", "started_at"]);
    }

    /// <inheritdoc/>
    protected override void Down(MigrationBuilder migrationBuilder) => Drop(migrationBuilder, "scheduler", "plans");
}
