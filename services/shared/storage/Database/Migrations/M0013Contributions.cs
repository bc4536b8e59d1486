using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Causality.Storage.Database.Migrations;

/// <summary>How much each peer has pushed.</summary>
[DbContext(typeof(CausalityDbContext))]
[Migration("20261126001300_Contributions")]
public sealed class M0013Contributions : CausalityMigration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder) =>
        Table(migrationBuilder, "log", "contributions", "How much the pushes of each peer have added to the log", table => new
        {
            peer_id = table.Column<string>(nullable: false, collation: Ordinal, comment: "The peer"),
            bytes = table.Column<long>(nullable: false, comment: "Content bytes, over all time"),
        }, table => table.PrimaryKey("pk_log_contributions", x => x.peer_id));

    /// <inheritdoc/>
    protected override void Down(MigrationBuilder migrationBuilder) => Drop(migrationBuilder, "log", "contributions");
}
