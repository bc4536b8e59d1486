using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Causality.Storage.Database.Migrations;

/// <summary>An inbox and an outbox for each service. A service that comes later gets its own step.</summary>
[DbContext(typeof(CausalityDbContext))]
[Migration("20261123000300_Bus")]
public sealed class M0003Bus : CausalityMigration
{
    /// <summary>The services of this step; frozen, because a released step never changes.</summary>
    private static readonly string[] Services = ["scheduler", "differ", "transfer", "resolver", "gateway", "standalone"];

    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        foreach (var service in Services)
        {
            Schema(migrationBuilder, service);
            Inbox(migrationBuilder, service);
            Outbox(migrationBuilder, service);
        }
    }

    /// <inheritdoc/>
    protected override void Down(MigrationBuilder migrationBuilder)
    {
        foreach (var service in Services)
        {
            Drop(migrationBuilder, service, "inbox");
            Drop(migrationBuilder, service, "outbox");
        }
    }

    private void Inbox(MigrationBuilder builder, string service)
    {
        Table(builder, service, "inbox", "Messages that a consumer has dealt with", table => new
        {
            message_id = table.Column<Guid>(nullable: false, comment: "The message"),
            consumer = table.Column<string>(nullable: false, collation: Ordinal, comment: "The consumer, by a stable name"),
            received_at = table.Column<long>(nullable: false, comment: "ms since the Unix epoch; rows are purged past the window"),
        }, table => table.PrimaryKey($"pk_{service}_inbox", x => new { x.message_id, x.consumer }));
        Index(builder, service, "inbox", ["received_at"]);
    }

    private void Outbox(MigrationBuilder builder, string service)
    {
        Table(builder, service, "outbox", "Messages to be sent, committed with the state change that they tell of", table => new
        {
            sequence = Identity(table.Column<long>(nullable: false, comment: "Order of writing")),
            message_id = table.Column<Guid>(nullable: false, comment: "The same however often it is sent"),
            destination = table.Column<string>(nullable: false, comment: "Address to send to"),
            content_type = table.Column<string>(nullable: false, comment: "Media type of the body"),
            message_types = table.Column<string>(nullable: false, comment: "Message type URNs, separated by semicolons"),
            body = table.Column<byte[]>(nullable: false, comment: "The serialized message, sent as it is"),
            properties = table.Column<string>(nullable: false, comment: "Headers and identifiers, JSON"),
            due_at = table.Column<long>(nullable: false, comment: "Not before, ms since the Unix epoch: grace, back-off or timer"),
            schedule_token = table.Column<Guid>(nullable: true, comment: "Token of a timer that can be cancelled"),
            order_key = table.Column<Guid>(nullable: true, comment: "Messages of one key are sent in order of sequence"),
            attempts = table.Column<int>(nullable: false, comment: "Failed attempts to send"),
        }, table => table.PrimaryKey($"pk_{service}_outbox", x => x.sequence));
        Index(builder, service, "outbox", ["due_at"]);
        Index(builder, service, "outbox", ["order_key", "sequence"], filter: "order_key IS NOT NULL");
        Index(builder, service, "outbox", ["schedule_token"], filter: "schedule_token IS NOT NULL");
        // Every row lives for milliseconds: without an eager vacuum the sweeper wades through dead ones.
        OnPostgreSql(builder, $"ALTER TABLE {service}.outbox SET (autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_cost_delay = 0);");
    }
}
