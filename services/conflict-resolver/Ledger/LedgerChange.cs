using Causality.ConflictResolver.Resolving;
using Causality.Storage.Database.Records;

namespace Causality.ConflictResolver.Ledger;

/// <summary>What a decision changes in the ledger's tables.</summary>
/// <param name="Row">The conflict with the new decision; its version is given when it is written.</param>
/// <param name="Superseded">The decision before; null when this is the first.</param>
/// <param name="Fresh">Versions to add.</param>
/// <param name="Views">What the view must know from now on; versions are given when written.</param>
/// <param name="All">Every version, descending by key.</param>
internal sealed record LedgerChange(
    LedgerRecord Row, DecisionRecord? Superseded, IReadOnlyList<VersionRecord> Fresh, IReadOnlyList<LedgerViewRecord> Views, IReadOnlyList<VersionRecord> All)
{
    /// <summary>Works it out.</summary>
    /// <param name="conflict">The conflict before the decision.</param>
    /// <param name="verdict">The decision.</param>
    /// <param name="isInView">True when the view holds something about its subject already.</param>
    /// <param name="hides">True when of entries with one timestamp only the winner is shown.</param>
    /// <param name="now">Milliseconds since the Unix epoch.</param>
    public static LedgerChange Make(ConflictFile conflict, Verdict verdict, bool isInView, bool hides, long now)
    {
        var winner = conflict.All.First(version => version.EntryHash == verdict.Winner);
        var row = new LedgerRecord
        {
            Kind = conflict.Kind,
            Subject = conflict.Subject,
            State = verdict.State,
            Round = conflict.Round,
            WinnerHash = verdict.Winner,
            StandingHash = conflict.Standing,
            Strategy = verdict.Strategy,
            Decider = verdict.Decider,
            DecidedBy = verdict.DecidedBy,
            Reason = verdict.Reason,
            PeerId = conflict.Newest.PeerId,
            SyncId = conflict.Newest.SyncId,
            EntryType = winner.EntryType,
            Versions = conflict.All.Count,
            Decisions = (conflict.Row?.Decisions ?? 0) + 1,
            FoundAt = conflict.Row?.FoundAt ?? now,
            DecidedAt = now,
            DeadlineAt = verdict.DeadlineAt,
        };
        var views = conflict.Kind == ConflictKind.SameId ? ViewOfId(conflict, verdict.Winner, isInView) : hides || isInView ? ViewsOfEntries(conflict, hides ? verdict.Winner : null) : [];
        return new LedgerChange(row, conflict.Row is { } before ? DecisionRecord.Of(before, now) : null, conflict.Fresh, views, conflict.All);
    }

    // Readers show the latest version by themselves; they must be told of anything else, and when that ends.
    private static LedgerViewRecord[] ViewOfId(ConflictFile conflict, string winner, bool isInView) => isInView || winner != conflict.All[0].EntryHash
        ? [new LedgerViewRecord { Kind = LedgerViewKind.Id, Subject = conflict.Subject, ShownHash = winner }]
        : [];

    private static IReadOnlyList<LedgerViewRecord> ViewsOfEntries(ConflictFile conflict, string? only) =>
        [.. conflict.All.Select(version => new LedgerViewRecord { Kind = LedgerViewKind.Entry, Subject = version.EntryHash, ShownHash = only is null || version.EntryHash == only ? version.EntryHash : null })];
}
