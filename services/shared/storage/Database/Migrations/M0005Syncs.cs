using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Causality.Storage.Database.Migrations;

/// <summary>The scheduler's syncs (saga and history), the follow-ups that wait, and the public events.</summary>
[DbContext(typeof(CausalityDbContext))]
[Migration("20261123000500_Syncs")]
public sealed class M0005Syncs : CausalityMigration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        Syncs(migrationBuilder);
        PendingSyncs(migrationBuilder);
        Events(migrationBuilder);
        Table(migrationBuilder, "scheduler", "schedule", "Whether the schedule begins syncs; one row", table => new
        {
            id = table.Column<int>(nullable: false, comment: "Always 1"),
            running = table.Column<bool>(nullable: false, comment: "False while somebody has stopped it"),
        }, table => table.PrimaryKey("pk_scheduler_schedule", x => x.id));
    }

    /// <inheritdoc/>
    protected override void Down(MigrationBuilder migrationBuilder)
    {
        Drop(migrationBuilder, "scheduler", "schedule");
        Drop(migrationBuilder, "scheduler", "events");
        Drop(migrationBuilder, "scheduler", "pending_syncs");
        Drop(migrationBuilder, "scheduler", "syncs");
    }

    private void Syncs(MigrationBuilder migrationBuilder)
    {
        Table(migrationBuilder, "scheduler", "syncs", "Syncs: the saga's state while one runs, its record afterwards; times in ms since the Unix epoch", table => new
        {
            sync_id = table.Column<Guid>(nullable: false, comment: "The sync"),
            version = table.Column<int>(nullable: false, comment: "Optimistic concurrency token"),
            current_state = table.Column<string>(nullable: false, comment: "Name of the saga's state"),
            active = table.Column<bool>(nullable: false, comment: "True until the sync has ended"),
            peer_id = table.Column<string>(nullable: false, collation: Ordinal, comment: "The peer"),
            peer = table.Column<string>(nullable: false, comment: "The peer's endpoint when admitted, JSON"),
            settings = table.Column<string>(nullable: false, comment: "The settings in force, JSON"),
            requested_by = table.Column<string>(nullable: true, comment: "Who asked"),
            started_at = table.Column<long>(nullable: false, comment: "When it was admitted"),
            ended_at = table.Column<long>(nullable: true, comment: "When it ended"),
            attempt = table.Column<int>(nullable: false, comment: "Number of the comparison that it is in"),
            retries = table.Column<int>(nullable: false, comment: "Attempts that failed"),
            share = table.Column<int>(nullable: false, comment: "Shares of the plan handed to transfer since the last comparison"),
            rounds = table.Column<int>(nullable: false, comment: "Comparisons repeated because the peer moved on"),
            deadline_at = table.Column<long>(nullable: true, comment: "When the state's wait is over"),
            deadline_notified_at = table.Column<long>(nullable: true, comment: "When the saga was last told that its deadline has passed"),
            next_attempt_at = table.Column<long>(nullable: true, comment: "When the next attempt begins"),
            ends_by = table.Column<long>(nullable: true, comment: "When the sync as a whole must have ended"),
            last_progress_at = table.Column<long>(nullable: false, comment: "When something last moved"),
            last_progress_event_at = table.Column<long>(nullable: false, comment: "When SyncProgressed was last published"),
            transfer_started_at = table.Column<long>(nullable: true, comment: "When the present transfer began"),
            bytes_before_transfer = table.Column<long>(nullable: false, comment: "Content bytes received before the present transfer began"),
            local_root = table.Column<string>(nullable: true, comment: "Our root fingerprint when last compared"),
            remote_root = table.Column<string>(nullable: true, comment: "The peer's root fingerprint when last compared"),
            segments_planned = table.Column<long>(nullable: false, comment: "Segments in the plan"),
            entries_planned = table.Column<long>(nullable: false, comment: "Entries in the plan"),
            bytes_planned = table.Column<long>(nullable: false, comment: "Content bytes in the plan"),
            segments_synced = table.Column<long>(nullable: false, comment: "Segments stored or merged"),
            entries_synced = table.Column<long>(nullable: false, comment: "Entries new to our log"),
            bytes_received = table.Column<long>(nullable: false, comment: "Content bytes received"),
            conflicts = table.Column<long>(nullable: false, comment: "Entry ids in conflict because of this sync"),
            reason = table.Column<string>(nullable: true, comment: "Reason code of the last thing that went wrong"),
            error = table.Column<string>(nullable: true, comment: "The same for people"),
        }, table => table.PrimaryKey("pk_scheduler_syncs", x => x.sync_id));

        // "One active sync per peer" is the database's promise, whatever the number of schedulers.
        Index(migrationBuilder, "scheduler", "syncs", ["peer_id"], unique: true, filter: "active");
        Index(migrationBuilder, "scheduler", "syncs", ["deadline_at"], filter: "active");
        Index(migrationBuilder, "scheduler", "syncs", ["started_at"]);
    }

    private void PendingSyncs(MigrationBuilder migrationBuilder) =>
        Table(migrationBuilder, "scheduler", "pending_syncs", "The one follow-up that a peer's running sync may have", table => new
        {
            peer_id = table.Column<string>(nullable: false, collation: Ordinal, comment: "The peer"),
            sync_id = table.Column<Guid>(nullable: false, comment: "The sync to be"),
            requested_by = table.Column<string>(nullable: true, comment: "Who asked"),
            overrides = table.Column<string>(nullable: true, comment: "The request's overrides, JSON"),
            requested_at = table.Column<long>(nullable: false, comment: "ms since the Unix epoch"),
        }, table => table.PrimaryKey("pk_scheduler_pending_syncs", x => x.peer_id));

    private void Events(MigrationBuilder migrationBuilder)
    {
        Table(migrationBuilder, "scheduler", "events", "Public events as they were published; the event stream replays them", table => new
        {
            sequence = Identity(table.Column<long>(nullable: false, comment: "The event's number")),
            transaction_id = table.Column<long>(nullable: false, defaultValueSql: IsPostgreSql ? "pg_current_xact_id()::text::bigint" : "0", comment: "The transaction that wrote it; readers stop at the oldest open one"),
            event_type = table.Column<string>(nullable: false, comment: "Name of the event"),
            sync_id = table.Column<Guid>(nullable: false, comment: "The sync"),
            peer_id = table.Column<string>(nullable: true, comment: "The peer"),
            at = table.Column<long>(nullable: false, comment: "ms since the Unix epoch"),
            body = table.Column<string>(nullable: false, comment: "The event, JSON"),
        }, table => table.PrimaryKey("pk_scheduler_events", x => x.sequence));
        Index(migrationBuilder, "scheduler", "events", ["at"]);
    }
}
