using Causality.Contracts.Http.Control;

namespace Causality.ConflictResolver.Ledger;

/// <summary>Rows of the ledger as the control API answers them.</summary>
internal static class LedgerAnswers
{
    public static ConflictInfo Describe(LedgerRecord row) => new()
    {
        Kind = LedgerMessages.NameOf(row.Kind),
        Subject = row.Subject,
        State = NameOf(row.State),
        WinnerHash = row.WinnerHash,
        Strategy = row.Strategy,
        Decider = NameOf(row.Decider),
        DecidedBy = row.DecidedBy,
        Reason = row.Reason,
        PeerId = row.PeerId,
        SyncId = row.SyncId,
        EntryType = row.EntryType,
        Versions = row.Versions,
        Decisions = row.Decisions,
        FoundAt = At(row.FoundAt),
        DecidedAt = At(row.DecidedAt),
        Deadline = row.DeadlineAt is { } deadline ? At(deadline) : null,
        Version = row.Version,
    };

    public static SupersededDecision Describe(DecisionRecord row) => new()
    {
        Number = row.Number,
        State = NameOf(row.State),
        WinnerHash = row.WinnerHash,
        Strategy = row.Strategy,
        Decider = NameOf(row.Decider),
        DecidedBy = row.DecidedBy,
        Reason = row.Reason,
        PeerId = row.PeerId,
        SyncId = row.SyncId,
        DecidedAt = At(row.DecidedAt),
        SupersededAt = At(row.SupersededAt),
    };

    private static string NameOf(ConflictState state) => state == ConflictState.Open ? "open" : "decided";

    private static string NameOf(Decider decider) => decider.ToString().ToLowerInvariant();

    private static DateTimeOffset At(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
