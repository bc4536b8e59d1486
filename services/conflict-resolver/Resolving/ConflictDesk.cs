using Causality.ConflictResolver.Ledger;
using Causality.ConflictResolver.Options;
using Causality.Core;
using Causality.Messaging;
using Causality.Storage;
using Causality.Storage.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Causality.ConflictResolver.Resolving;

/// <summary>Takes decisions of people and programs, takes them back, and decides what nobody decided in time.</summary>
internal sealed class ConflictDesk(ITransactionalOutbox outbox, ConflictJudge judge, IOptions<ConflictOptions> options, ConflictMetrics metrics, TimeProvider time)
{
    private const int RowsPerPass = 1_000;

    /// <summary>Decides conflicts under the ledger's lock, all in one transaction.</summary>
    /// <param name="kind">What they are about.</param>
    /// <param name="subjects">Each once; bounded by the caller.</param>
    /// <param name="prepare">Reads what deciding needs, under the lock; what it gives decides one conflict, or gives null for none.</param>
    /// <param name="expected">The version that each has to have, in the order of <paramref name="subjects"/>; null for any.</param>
    /// <param name="dryRun">Write nothing.</param>
    /// <param name="cancellationToken">Gives up; nothing or all is written.</param>
    /// <returns>What became of each subject, in order.</returns>
    /// <exception cref="StaleDecisionException">One has another version; nothing is written.</exception>
    public async Task<IReadOnlyList<DeskOutcome>> DecideAsync(
        ConflictKind kind, IReadOnlyList<string> subjects, Func<CausalityDbContext, Task<Func<ConflictFile, Verdict?>>> prepare, IReadOnlyList<long>? expected, bool dryRun, CancellationToken cancellationToken)
    {
        await using var unit = await outbox.BeginAsync(cancellationToken);
        var writer = await LedgerWriter.LockAsync(unit.Database, cancellationToken);
        var ledger = await LedgerReader.ReadAsync(unit.Database, kind, subjects, cancellationToken);
        if (expected is not null && subjects.Where((subject, index) => ledger.FileOf(subject, [])?.Row?.Version != expected[index]).ToList() is { Count: > 0 } stale)
            throw new StaleDecisionException(stale);
        var decide = await prepare(unit.Database);
        var (changes, outcomes) = (new List<LedgerChange>(), new List<DeskOutcome>());
        foreach (var subject in subjects)
        {
            var conflict = ledger.FileOf(subject, []);
            var verdict = conflict is null ? null : decide(conflict);
            var change = verdict is null || Says(conflict!.Row!, verdict) ? null : LedgerChange.Make(conflict, verdict, ledger.IsInView(conflict), Hides, Now);
            outcomes.Add(new DeskOutcome(subject, conflict?.Row, verdict, change is not null));
            if (change is not null)
                changes.Add(change);
        }

        if (changes.Count > 0 && !dryRun)
            await WriteAsync(unit, writer, changes, cancellationToken);
        return outcomes;
    }

    /// <summary>Decides by the fallback what has waited past its deadline.</summary>
    /// <returns>Number of conflicts decided; as many as one pass takes when there may be more.</returns>
    public async Task<int> PassDeadlinesAsync(CancellationToken cancellationToken)
    {
        await using var unit = await outbox.BeginAsync(cancellationToken);
        var now = Now;
        var due = await unit.Database.Set<LedgerRecord>().Where(row => row.DeadlineAt != null && row.DeadlineAt <= now).OrderBy(row => row.DeadlineAt)
            .Select(row => new { row.Kind, row.Subject }).Take(RowsPerPass).ToListAsync(cancellationToken);
        if (due.Count == 0)
            return 0;

        var writer = await LedgerWriter.LockAsync(unit.Database, cancellationToken);
        var changes = new List<LedgerChange>();
        foreach (var group in due.GroupBy(row => row.Kind, row => row.Subject))
        {
            var ledger = await LedgerReader.ReadAsync(unit.Database, group.Key, [.. group], cancellationToken);
            changes.AddRange(group.Select(subject => ledger.FileOf(subject, [])!).Where(conflict => conflict.Row!.DeadlineAt <= now)
                .Select(conflict => LedgerChange.Make(conflict, judge.FallBack(conflict), ledger.IsInView(conflict), Hides, now)));
        }

        if (changes.Count > 0)
            await WriteAsync(unit, writer, changes, cancellationToken);
        return due.Count;
    }

    private bool Hides => options.Value.SameTimestamp == SameTimestamp.Supersede;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    // A message that comes twice decides once.
    private static bool Says(LedgerRecord row, Verdict verdict) =>
        (row.State, row.WinnerHash, row.Strategy, row.Decider, row.DecidedBy) == (verdict.State, verdict.Winner, verdict.Strategy, verdict.Decider, verdict.DecidedBy);

    private async Task WriteAsync(IOutboxUnit unit, LedgerWriter writer, List<LedgerChange> changes, CancellationToken cancellationToken)
    {
        await writer.WriteAsync(changes, cancellationToken);
        var rows = changes.ConvertAll(change => change.Row);
        unit.PublishDecided(rows, writer.Version, time.GetUtcNow());
        Failpoint.Reach(Failpoints.LedgerBeforeCommit);
        await unit.CommitAsync(cancellationToken);
        Failpoint.Reach(Failpoints.LedgerAfterCommit);
        metrics.Count(rows);
    }
}
