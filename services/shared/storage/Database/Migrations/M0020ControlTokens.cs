using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Causality.Storage.Database.Migrations;

/// <summary>The tokens of people and programs.</summary>
[DbContext(typeof(CausalityDbContext))]
[Migration("20261126002000_ControlTokens")]
public sealed class M0020ControlTokens : CausalityMigration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        Schema(migrationBuilder, "control");
        Table(migrationBuilder, "control", "tokens", "Tokens of the control and application API; written by the scheduler, checked by every service with such an API", table => new
        {
            name = table.Column<string>(nullable: false, collation: Ordinal, comment: "Who or what it is for"),
            hash = table.Column<byte[]>(nullable: false, comment: "SHA-256 of its text; the text itself is kept nowhere"),
            roles = table.Column<string>(nullable: false, comment: "What it may do: read, operate, append, separated by commas"),
            created_at = table.Column<long>(nullable: false, comment: "ms since the Unix epoch"),
            created_by = table.Column<string>(nullable: false, comment: "Name of the token with which it was made"),
            expires_at = table.Column<long>(nullable: true, comment: "ms since the Unix epoch; null for never"),
            last_used_at = table.Column<long>(nullable: true, comment: "ms since the Unix epoch, to the minute; null for never"),
            revoked_at = table.Column<long>(nullable: true, comment: "ms since the Unix epoch; null while it is valid"),
        }, table => table.PrimaryKey("pk_control_tokens", x => x.name));
    }

    /// <inheritdoc/>
    protected override void Down(MigrationBuilder migrationBuilder) => Drop(migrationBuilder, "control", "tokens");
}
