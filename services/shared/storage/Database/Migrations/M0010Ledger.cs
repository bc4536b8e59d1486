using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Causality.Storage.Database.Migrations;

/// <summary>The conflict ledger with its history and the feed of the view; and the memory of who brought what.</summary>
/// <remarks>What the table before held is found again: the ledger begins with nothing resolved and looks through the whole log once.</remarks>
[DbContext(typeof(CausalityDbContext))]
[Migration("20261123001000_Ledger")]
public sealed class M0010Ledger : CausalityMigration
{
    private const string Conflicts = "conflicts";

    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        Drop(migrationBuilder, Conflicts, "versions");
        LedgerHead(migrationBuilder);
        LedgerRows(migrationBuilder);
        Versions(migrationBuilder);
        Decisions(migrationBuilder);
        Views(migrationBuilder);
        ArrivalRows(migrationBuilder);
    }

    /// <inheritdoc/>
    protected override void Down(MigrationBuilder migrationBuilder)
    {
        Drop(migrationBuilder, "log", "arrivals");
        foreach (var table in new[] { "views", "decisions", "versions", "ledger", "head" })
            Drop(migrationBuilder, Conflicts, table);
    }

    private void LedgerHead(MigrationBuilder builder)
    {
        Table(builder, Conflicts, "head", "One row: locked by every change of the ledger, so that versions commit in order", table => new
        {
            id = table.Column<int>(nullable: false, comment: "Always 1"),
            version = table.Column<long>(nullable: false, comment: "Last version given to a row of the ledger or of the views"),
            resolved_version = table.Column<long>(nullable: false, comment: "log.head.version up to which all conflicts are in the ledger"),
        }, table =>
        {
            table.PrimaryKey("pk_conflicts_head", x => x.id);
            table.CheckConstraint("ck_conflicts_head_one_row", "id = 1");
        });
        builder.Sql($"INSERT INTO {Names.Quoted(Conflicts, "head")} (id, version, resolved_version) VALUES (1, 0, 0);");
    }

    private void LedgerRows(MigrationBuilder builder)
    {
        Table(builder, Conflicts, "ledger", "Conflicts, each with the decision in force", table => new
        {
            kind = table.Column<int>(nullable: false, comment: "0 one id with several contents, 1 one timestamp with several ids"),
            subject = table.Column<string>(nullable: false, collation: Ordinal, comment: "The entry id, or the timestamp in decimal"),
            state = table.Column<int>(nullable: false, comment: "0 open: somebody is to decide, 1 decided"),
            round = table.Column<int>(nullable: false, comment: "How often new versions have come in; versions of this round are the new ones"),
            winner_hash = table.Column<string>(nullable: false, comment: "What the view shows, also while open"),
            standing_hash = table.Column<string>(nullable: true, comment: "What it showed before this round"),
            strategy = table.Column<string>(nullable: false, comment: "Strategy that decided, or that is waited for"),
            decider = table.Column<int>(nullable: false, comment: "0 policy, 1 plug-in, 2 message, 3 person"),
            decided_by = table.Column<string>(nullable: true, comment: "Name of the person, program or plug-in"),
            reason = table.Column<string>(nullable: true, comment: "Why, for people"),
            peer_id = table.Column<string>(nullable: true, comment: "Peer that brought the newest version; null for none"),
            sync_id = table.Column<Guid>(nullable: true, comment: "Sync that brought it"),
            entry_type = table.Column<string>(nullable: false, comment: "Type of the winner"),
            versions = table.Column<long>(nullable: false, comment: "Number of versions"),
            decisions = table.Column<int>(nullable: false, comment: "Number of decisions so far, this one included"),
            found_at = table.Column<long>(nullable: false, comment: "When the conflict came to light, ms since the Unix epoch"),
            decided_at = table.Column<long>(nullable: false, comment: "When the decision in force was made, ms since the Unix epoch"),
            deadline_at = table.Column<long>(nullable: true, comment: "When the fallback decides if nobody has, ms since the Unix epoch"),
            version = table.Column<long>(nullable: false, comment: "Version of the latest change; unique: the change feed"),
        }, table => table.PrimaryKey("pk_conflicts_ledger", x => new { x.kind, x.subject }));
        Index(builder, Conflicts, "ledger", ["version"], unique: true);
        Index(builder, Conflicts, "ledger", ["deadline_at"], filter: "deadline_at IS NOT NULL");
        Index(builder, Conflicts, "ledger", ["state", "version"], filter: "state = 0");
    }

    private void Versions(MigrationBuilder builder)
    {
        Table(builder, Conflicts, "versions", "The entries of each conflict and who brought them; the entries themselves are in the log", table => new
        {
            kind = table.Column<int>(nullable: false, comment: "As in conflicts.ledger"),
            subject = table.Column<string>(nullable: false, collation: Ordinal, comment: "As in conflicts.ledger"),
            entry_hash = table.Column<string>(nullable: false, collation: Ordinal, comment: "The entry hash, lower-case hex"),
            entry_id = table.Column<string>(nullable: false, comment: "The entry id"),
            timestamp = table.Column<long>(nullable: false, comment: "The entry's timestamp, ms since the Unix epoch"),
            entry_type = table.Column<string>(nullable: false, comment: "effect, fact or event"),
            trace_id = table.Column<string>(nullable: true, comment: "The entry's trace id"),
            segment_id = table.Column<string>(nullable: false, comment: "A segment in which it stands"),
            origin = table.Column<string>(nullable: false, comment: "Operator that writes that segment"),
            peer_id = table.Column<string>(nullable: true, comment: "Peer that brought it; null for our own"),
            sync_id = table.Column<Guid>(nullable: true, comment: "Sync that brought it"),
            round = table.Column<int>(nullable: false, comment: "0 known before the conflict, else the round that brought it"),
            found_at = table.Column<long>(nullable: false, comment: "When it came to light, ms since the Unix epoch"),
        }, table => table.PrimaryKey("pk_conflicts_versions", x => new { x.kind, x.subject, x.entry_hash }));
        Index(builder, Conflicts, "versions", ["peer_id", "found_at"], filter: "peer_id IS NOT NULL");
        Index(builder, Conflicts, "versions", ["trace_id"], filter: "trace_id IS NOT NULL");
        Index(builder, Conflicts, "versions", ["sync_id"], filter: "sync_id IS NOT NULL");
    }

    private void Decisions(MigrationBuilder builder)
    {
        Table(builder, Conflicts, "decisions", "Decisions that a later one has superseded; never changed, never deleted", table => new
        {
            kind = table.Column<int>(nullable: false, comment: "As in conflicts.ledger"),
            subject = table.Column<string>(nullable: false, collation: Ordinal, comment: "As in conflicts.ledger"),
            number = table.Column<int>(nullable: false, comment: "Counted from 1 for each conflict"),
            state = table.Column<int>(nullable: false, comment: "State that it left the conflict in, as in conflicts.ledger"),
            winner_hash = table.Column<string>(nullable: false, comment: "What it had the view show"),
            strategy = table.Column<string>(nullable: false, comment: "As in conflicts.ledger"),
            decider = table.Column<int>(nullable: false, comment: "As in conflicts.ledger"),
            decided_by = table.Column<string>(nullable: true, comment: "As in conflicts.ledger"),
            reason = table.Column<string>(nullable: true, comment: "As in conflicts.ledger"),
            peer_id = table.Column<string>(nullable: true, comment: "As in conflicts.ledger"),
            sync_id = table.Column<Guid>(nullable: true, comment: "As in conflicts.ledger"),
            decided_at = table.Column<long>(nullable: false, comment: "ms since the Unix epoch"),
            superseded_at = table.Column<long>(nullable: false, comment: "ms since the Unix epoch"),
        }, table => table.PrimaryKey("pk_conflicts_decisions", x => new { x.kind, x.subject, x.number }));
    }

    private void Views(MigrationBuilder builder)
    {
        Table(builder, Conflicts, "views", "Where the view departs, or once departed, from the latest version of every id", table => new
        {
            kind = table.Column<int>(nullable: false, comment: "0 an entry id, 1 an entry hash"),
            subject = table.Column<string>(nullable: false, collation: Ordinal, comment: "The entry id or entry hash"),
            shown_hash = table.Column<string>(nullable: true, comment: "The version to show; null: hidden"),
            version = table.Column<long>(nullable: false, comment: "Version of the latest change; unique: the change feed"),
        }, table => table.PrimaryKey("pk_conflicts_views", x => new { x.kind, x.subject }));
        Index(builder, Conflicts, "views", ["version"], unique: true);
    }

    private void ArrivalRows(MigrationBuilder builder)
    {
        Table(builder, "log", "arrivals", "Who brought what: a row for each segment and import that changed the log", table => new
        {
            id = Identity(table.Column<long>(nullable: false, comment: "Counts up")),
            segment_id = table.Column<string>(nullable: false, collation: Ordinal, comment: "The segment"),
            peer_id = table.Column<string>(nullable: false, comment: "The peer"),
            sync_id = table.Column<Guid>(nullable: true, comment: "The sync; null when the peer sent it by itself"),
            log_version = table.Column<long>(nullable: false, comment: "log.head.version that the import made"),
            added = table.Column<byte[]>(nullable: true, comment: "First 8 bytes of each new entry hash; null when all of the segment was new"),
            arrived_at = table.Column<long>(nullable: false, comment: "ms since the Unix epoch"),
        }, table => table.PrimaryKey("pk_log_arrivals", x => x.id));
        Index(builder, "log", "arrivals", ["segment_id"]);
        Index(builder, "log", "arrivals", ["log_version"]);
        Index(builder, "log", "arrivals", ["arrived_at"]);
    }
}
