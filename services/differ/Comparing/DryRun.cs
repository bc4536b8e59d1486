using Causality.Contracts;
using Causality.Messaging;
using Causality.Protocol.Client;
using Causality.Storage.Database.Records;

namespace Causality.Differ.Comparing;

/// <summary>Finds out what a sync would do: the comparison and the judgement of a real one, of which only the first rows are kept and none is carried out.</summary>
public sealed class DryRun(Comparisons comparisons, ISegmentComparer comparer, SyncPlanner planner, IncomingEntries incoming, ITransactionalOutbox outbox, TimeProvider time)
{
    /// <summary>Most segments on the list of one plan; the figures count all of them.</summary>
    public const int MostListed = 10_000;

    private const int RowsPerCommit = 1_000;

    /// <summary>Compares, writes the list, and looks into some of what would come in.</summary>
    /// <param name="command">What is asked.</param>
    /// <param name="cancellationToken">Gives up; the list may be there in part.</param>
    /// <returns>The figures, and the entries whose conflicts are to be counted; empty when nobody wants that.</returns>
    public async Task<(PlanFigures Figures, IReadOnlyList<EntryName> Entries)> RunAsync(PlanSync command, CancellationToken cancellationToken)
    {
        var exchanged = ExchangeTally.Begin();
        var comparison = await comparisons.BeginAsync(command.Peer, command.Settings, cancellationToken);
        var comparedAt = time.GetUtcNow();
        var (tally, listed, sample) = (new PlanTally(), 0L, new IncomingSample(command.Settings));
        if (!comparison.InSync)
        {
            var rows = new List<PlanSegmentRecord>();
            await foreach (var segment in comparer.CompareAsync(comparison, () => Task.CompletedTask, cancellationToken))
            {
                var row = planner.ToRow(command.PlanId, 1, segment, command.Settings);
                tally.Add(row);
                if (command.CountConflicts)
                    sample.Offer(row);
                if (listed == MostListed)
                    continue;
                listed++;
                rows.Add(row);
                if (rows.Count == RowsPerCommit)
                    await ListAsync(rows, cancellationToken);
            }

            await ListAsync(rows, cancellationToken);
        }

        var entries = await incoming.ReadAsync(command.Peer, sample.Chosen, cancellationToken);
        return (new PlanFigures
        {
            ComparedAt = comparedAt,
            InSync = comparison.InSync,
            LocalRoot = comparison.LocalRoot,
            RemoteRoot = comparison.Info.Root,
            Scope = comparison.Ours.Scope.Prefixes,
            Incoming = tally.Incoming,
            Outgoing = tally.Outgoing,
            LeftOut = tally.LeftOut,
            SegmentsListed = listed,
            EntriesLookedAt = entries.Count,
            RoundTrips = exchanged.RoundTrips,
            BytesExchanged = exchanged.Bytes,
        }, entries);
    }

    private async Task ListAsync(List<PlanSegmentRecord> rows, CancellationToken cancellationToken)
    {
        await using var unit = await outbox.BeginAsync(cancellationToken);
        await PlanInserts.AddAsync(unit.Database, rows, cancellationToken);
        await unit.CommitAsync(cancellationToken);
        rows.Clear();
    }
}
