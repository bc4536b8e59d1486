using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Causality.Storage.Database.Migrations;

/// <summary>Plans that move only some entries of a segment, and segments out as well as in.</summary>
[DbContext(typeof(CausalityDbContext))]
[Migration("20261123000700_PlanDirections")]
public sealed class M0007PlanDirections : CausalityMigration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        Column<int>(migrationBuilder, "plan", "segments", "attempt", nullable: false, 0, "The attempt whose comparison planned it");
        Column<int>(migrationBuilder, "plan", "segments", "direction", nullable: false, 0, "0 from the peer to us, 1 from us to the peer");
        Column<byte[]>(migrationBuilder, "plan", "segments", "entries", nullable: true, null, "Hashes of the entries to move, 32 bytes each; null for the whole segment");
    }

    /// <inheritdoc/>
    protected override void Down(MigrationBuilder migrationBuilder)
    {
        DropColumn(migrationBuilder, "plan", "segments", "entries");
        DropColumn(migrationBuilder, "plan", "segments", "direction");
        DropColumn(migrationBuilder, "plan", "segments", "attempt");
    }
}
