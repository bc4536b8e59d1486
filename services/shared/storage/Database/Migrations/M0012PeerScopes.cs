using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Causality.Storage.Database.Migrations;

/// <summary>Which part of the log is shared with each peer, and which part a sync was about.</summary>
[DbContext(typeof(CausalityDbContext))]
[Migration("20261126001200_PeerScopes")]
public sealed class M0012PeerScopes : CausalityMigration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        Column<string>(migrationBuilder, "scheduler", "peers", "scope", nullable: true, null, "Prefixes of the segment ids that are shared with it, separated by commas; null for all");
        Column<string>(migrationBuilder, "scheduler", "syncs", "scope", nullable: true, null, "Prefixes of the segment ids that were compared last, separated by commas; null for all");
    }

    /// <inheritdoc/>
    protected override void Down(MigrationBuilder migrationBuilder)
    {
        DropColumn(migrationBuilder, "scheduler", "peers", "scope");
        DropColumn(migrationBuilder, "scheduler", "syncs", "scope");
    }
}
