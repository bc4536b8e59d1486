using Causality.Contracts;
using Causality.Messaging;

namespace Causality.ConflictResolver.Ledger;

/// <summary>Rows of the ledger as messages.</summary>
internal static class LedgerMessages
{
    private const int MostNamed = 100;

    public static string NameOf(ConflictKind kind) => kind == ConflictKind.SameId ? "id" : "timestamp";

    /// <summary>The kind of a name; <c>id</c> for null; null for any other.</summary>
    public static ConflictKind? KindOf(string? name) => name switch { null or "id" => ConflictKind.SameId, "timestamp" => ConflictKind.SameTimestamp, _ => null };

    /// <summary>Tells of decisions, one event for each sync and peer.</summary>
    public static void PublishDecided(this IOutboxUnit unit, IReadOnlyCollection<LedgerRecord> rows, long ledgerVersion, DateTimeOffset at)
    {
        foreach (var group in rows.Where(row => row.State == ConflictState.Decided).GroupBy(row => (row.SyncId, row.PeerId)))
        {
            unit.Publish(new ConflictResolved
            {
                SyncId = group.Key.SyncId,
                PeerId = group.Key.PeerId,
                At = at,
                Count = group.Count(),
                LedgerVersion = ledgerVersion,
                Conflicts = [.. group.Take(MostNamed).Select(Describe)],
            });
        }
    }

    public static ConflictVersion Describe(VersionRecord version, int round) => new()
    {
        EntryHash = version.EntryHash,
        EntryId = version.EntryId,
        Timestamp = version.Timestamp,
        EntryType = version.EntryType,
        TraceId = version.TraceId,
        SegmentId = version.SegmentId,
        Origin = version.Origin,
        PeerId = version.PeerId,
        SyncId = version.SyncId,
        IsNew = version.Round == round,
    };

    /// <summary>Asks programs to decide.</summary>
    public static void PublishRequest(this IOutboxUnit unit, LedgerRecord row, IEnumerable<VersionRecord> versions) => unit.Publish(new ConflictDecisionRequested
    {
        Kind = NameOf(row.Kind),
        Subject = row.Subject,
        Shown = row.WinnerHash,
        Deadline = DateTimeOffset.FromUnixTimeMilliseconds(row.DeadlineAt!.Value),
        Versions = [.. versions.Take(MostNamed).Select(version => Describe(version, row.Round))],
    });

    private static ResolvedConflict Describe(LedgerRecord row) => new()
    {
        Kind = NameOf(row.Kind),
        Subject = row.Subject,
        WinnerHash = row.WinnerHash,
        Versions = row.Versions,
        Strategy = row.Strategy,
        Decider = row.Decider.ToString().ToLowerInvariant(),
        DecidedBy = row.DecidedBy,
    };
}
