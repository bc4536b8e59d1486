using Causality.Contracts;
using Causality.Core;
using Causality.Messaging;
using Causality.Protocol;
using Causality.Storage.Database;
using Causality.Storage.Database.Records;
using Causality.Storage.Log;
using Causality.Transfer.Options;
using Causality.Transfer.Pacing;
using Causality.Transfer.Pulling;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Causality.Transfer.Pushing;

/// <summary>Sends the pending outgoing segments of a plan, a few at a time; what the peer has made durable is settled group by group.</summary>
/// <remarks>A crash sends one group again, which changes nothing at the peer. What the peer refuses keeps its reason in its row.</remarks>
public sealed class PlanPusher(
    ISyncProtocol protocol, ISyncableStorage storage, ITransactionalOutbox outbox, IServiceScopeFactory scopes, PeerPaces paces, IOptions<TransferOptions> options, TimeProvider time)
{
    private const int RowsAtOnce = 64;

    private static readonly TimeSpan ShareTime = TimeSpan.FromMinutes(5);

    /// <summary>Carries the plan out until nothing is pending or the share's time is up.</summary>
    /// <exception cref="PeerUnavailableException">The peer went away; what it has acknowledged in whole groups stays settled.</exception>
    public async Task PushAsync(TransferSegments command, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        while (time.GetElapsedTime(began) < ShareTime)
        {
            var rows = await NextAsync(command.SyncId, cancellationToken);
            if (rows.Count == 0)
                return;
            var sent = await SendAsync(command, rows, cancellationToken);
            await SettleAsync(command, sent, cancellationToken);
            // A peer that lets none of a group in does not let us write at all: to send it the rest of the log would tell nothing new.
            if (sent.TrueForAll(segment => segment.Reason == SyncReasons.PeerRefused))
                await GiveUpAsync(command, sent[0].Detail, cancellationToken);
            await PlanProgress.ReportAsync(outbox, command, cancellationToken);
        }
    }

    private async Task<List<SentSegment>> SendAsync(TransferSegments command, List<SegmentWish> rows, CancellationToken cancellationToken)
    {
        var sent = new SentSegment[rows.Count];
        var pulse = new TransferPulse(paces.Of(command.Peer.Id, command.Settings), command.Settings, () => PlanProgress.ReportAsync(outbox, command, cancellationToken), time);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Value.Streams, CancellationToken = cancellationToken };
        await pulse.WhileAsync(Parallel.ForAsync(0, rows.Count, parallel, async (index, token) => sent[index] = await SendAsync(command, rows[index], pulse, token)));
        return [.. sent];
    }

    private async Task<SentSegment> SendAsync(TransferSegments command, SegmentWish row, ITransferPace pace, CancellationToken cancellationToken)
    {
        if (await PartAsync(row, cancellationToken) is not { } segment)
            return new SentSegment(row, null, FetchedSegment.Gone, $"Segment {row.Segment.Id} is no longer here.");

        var patience = new PeerPatience(command.Settings, () => PlanProgress.ReportAsync(outbox, command, cancellationToken), time);
        while (true)
        {
            try
            {
                var answer = await protocol.SendSegmentAsync(command.Peer, segment, pace, cancellationToken);
                if (answer.Reason is null)
                    TransferMetrics.BytesOut.Add(segment.Content.Length);
                return new SentSegment(row, answer.Reason is null ? answer.EntriesAdded : null, answer.Reason, answer.Detail);
            }
            catch (PeerUnavailableException overloaded) when (overloaded.Reason == SyncReasons.PeerOverloaded)
            {
                if (!await patience.WaitAsync(overloaded, cancellationToken))
                    throw;
            }
            catch (PeerRefusedException refused) when (refused.Reason == SyncReasons.PeerRefused)
            {
                // Not let in to write: what came from the peer is none the worse for it.
                return new SentSegment(row, null, SyncReasons.PeerRefused, refused.Message);
            }
        }
    }

    private async Task<LogSegment?> PartAsync(SegmentWish row, CancellationToken cancellationToken)
    {
        // Our copy may have grown since the plan was made; what stands there now includes what was planned.
        var segment = await storage.ExportSegmentAsync(row.Segment.Id, cancellationToken);
        if (segment is null || row.Entries is null)
            return segment;
        var indexes = segment.IndexesOf(row.Entries.ToHashSet());
        return indexes.Count == 0 ? null : LogSegment.FromEntries(segment.Metadata.Id, segment.Metadata.Origin, indexes.Select(segment.EntryAt));
    }

    private async Task SettleAsync(TransferSegments command, List<SentSegment> sent, CancellationToken cancellationToken)
    {
        await using var unit = await outbox.BeginAsync(cancellationToken, command.SyncId);
        await unit.Database.ThrowIfStoppedAsync(command.SyncId, command.Attempt, cancellationToken);
        var ids = sent.ConvertAll(segment => segment.Wish.Segment.Id.Value);
        var rows = await Pending(unit.Database, command.SyncId).Where(row => ids.Contains(row.SegmentId)).ToDictionaryAsync(row => (row.SegmentId, row.ContentHash), cancellationToken);
        foreach (var segment in sent)
        {
            if (rows.TryGetValue((segment.Wish.Segment.Id.Value, segment.Wish.Segment.ContentHash.ToString()), out var row))
                segment.Settle(row);
        }

        await unit.CommitAsync(cancellationToken);
    }

    private async Task GiveUpAsync(TransferSegments command, string? detail, CancellationToken cancellationToken)
    {
        await using var unit = await outbox.BeginAsync(cancellationToken, command.SyncId);
        await unit.Database.ThrowIfStoppedAsync(command.SyncId, command.Attempt, cancellationToken);
        await Pending(unit.Database, command.SyncId).ExecuteUpdateAsync(
            rows => rows.SetProperty(row => row.State, PlanSegmentState.Failed).SetProperty(row => row.Reason, SyncReasons.PeerRefused).SetProperty(row => row.Detail, detail), cancellationToken);
        await unit.CommitAsync(cancellationToken);
    }

    private async Task<List<SegmentWish>> NextAsync(Guid syncId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var rows = await Pending(scope.ServiceProvider.GetRequiredService<CausalityDbContext>(), syncId).AsNoTracking()
            .OrderBy(row => row.StartTimestamp).ThenBy(row => row.SegmentId).Take(RowsAtOnce).ToListAsync(cancellationToken);
        return rows.ConvertAll(PlanWishes.Of);
    }

    private static IQueryable<PlanSegmentRecord> Pending(CausalityDbContext database, Guid syncId) =>
        database.Set<PlanSegmentRecord>().Where(row => row.SyncId == syncId && row.State == PlanSegmentState.Pending && row.Direction == PlanDirection.Out);
}
