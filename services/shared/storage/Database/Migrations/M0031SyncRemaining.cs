using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Causality.Storage.Database.Migrations;

/// <summary>What a sync still has to do, and what it leaves out.</summary>
[DbContext(typeof(CausalityDbContext))]
[Migration("20261126003100_SyncRemaining")]
public sealed class M0031SyncRemaining : CausalityMigration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        Column<long>(migrationBuilder, "scheduler", "syncs", "segments_remaining", nullable: true, null, "Segments of the plan that are not done yet; null before the first comparison");
        Column<long>(migrationBuilder, "scheduler", "syncs", "entries_remaining", nullable: true, null, "Entries of them");
        Column<long>(migrationBuilder, "scheduler", "syncs", "bytes_remaining", nullable: true, null, "Content bytes of them");
        Column<string>(migrationBuilder, "scheduler", "syncs", "left_out", nullable: true, null, "What the sync leaves out, JSON; null for nothing");
    }

    /// <inheritdoc/>
    protected override void Down(MigrationBuilder migrationBuilder)
    {
        foreach (var column in new[] { "left_out", "bytes_remaining", "entries_remaining", "segments_remaining" })
            DropColumn(migrationBuilder, "scheduler", "syncs", column);
    }
}
