using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Causality.Storage.Database.Migrations;

/// <summary>The states that a sync has been in.</summary>
[DbContext(typeof(CausalityDbContext))]
[Migration("20261126003000_SyncTimeline")]
public sealed class M0030SyncTimeline : CausalityMigration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder) => Column<string>(migrationBuilder, "scheduler", "syncs", "timeline", nullable: true, null, "The states that it has been in, JSON");

    /// <inheritdoc/>
    protected override void Down(MigrationBuilder migrationBuilder) => DropColumn(migrationBuilder, "scheduler", "syncs", "timeline");
}
