using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Causality.Storage.Database.Migrations;

/// <summary>The trace that each sync belongs to, so that what happens after a wait is part of it.</summary>
[DbContext(typeof(CausalityDbContext))]
[Migration("20261126002200_SyncTraces")]
public sealed class M0022SyncTraces : CausalityMigration
{
    private static readonly string[] Tables = ["syncs", "pending_syncs"];

    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        foreach (var table in Tables)
            Column<string>(migrationBuilder, "scheduler", table, "trace_parent", nullable: true, null, "W3C traceparent of the request; null when it was in no trace");
    }

    /// <inheritdoc/>
    protected override void Down(MigrationBuilder migrationBuilder)
    {
        foreach (var table in Tables)
            DropColumn(migrationBuilder, "scheduler", table, "trace_parent");
    }
}
