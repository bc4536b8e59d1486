using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Causality.Storage.Database.Migrations;

/// <summary>What each peer may do.</summary>
[DbContext(typeof(CausalityDbContext))]
[Migration("20261123000800_PeerPermissions")]
public sealed class M0008PeerPermissions : CausalityMigration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder) =>
        Column<string>(migrationBuilder, "scheduler", "peers", "permissions", nullable: false, "read,resolve", "What it may do here: read, write, resolve, separated by commas");

    /// <inheritdoc/>
    protected override void Down(MigrationBuilder migrationBuilder) => DropColumn(migrationBuilder, "scheduler", "peers", "permissions");
}
