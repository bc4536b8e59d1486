using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Causality.Storage.Database.Migrations;

/// <summary>Whether each peer's log was equal to ours when last compared.</summary>
[DbContext(typeof(CausalityDbContext))]
[Migration("20261123001400_PeerRoots")]
public sealed class M0014PeerRoots : CausalityMigration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder) =>
        Column<bool>(migrationBuilder, "scheduler", "peers", "roots_match", nullable: true, null, "Whether both root fingerprints were equal when last compared; null before the first comparison");

    /// <inheritdoc/>
    protected override void Down(MigrationBuilder migrationBuilder) => DropColumn(migrationBuilder, "scheduler", "peers", "roots_match");
}
