using System.Collections.Concurrent;
using Causality.ConflictResolver.Ledger;
using Causality.ConflictResolver.Options;
using Causality.Core;
using Causality.Messaging;
using Causality.Storage;
using Causality.Storage.Database;
using Causality.Storage.Database.Records;
using Causality.Storage.Log.Index;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Causality.ConflictResolver.Resolving;

/// <summary>Brings the ledger up to the log: finds what is in conflict since the last time, decides it, writes it down.</summary>
/// <remarks>
/// It does not matter which sync asks: everything is looked at that changed since the last time, and each version is put down to the peer and the sync
/// that brought it. So what a failed sync left behind, or a peer sent by itself, is found as well. Every piece is a transaction, and is worked out
/// before it: a slow plug-in holds nobody up. Doing a piece twice changes nothing.
/// </remarks>
internal sealed class ConflictResolution(
    ConflictScan scan, ConflictJudge judge, ITransactionalOutbox outbox, IDbContextFactory<CausalityDbContext> contexts, IOptions<ConflictOptions> options, ConflictMetrics metrics, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _running = new(1, 1);
    private readonly ConcurrentDictionary<Guid, Action<IOutboxUnit>> _watchers = new();

    /// <summary>Looks through what is new.</summary>
    /// <param name="watch">Adds to each transaction, a sign of life for instance, also while another look runs and this one waits for it; null for nothing.</param>
    /// <param name="cancellationToken">Gives up; what is written stays.</param>
    public async Task RunAsync(Action<IOutboxUnit>? watch, CancellationToken cancellationToken)
    {
        var watcher = Guid.NewGuid();
        if (watch is not null)
            _watchers[watcher] = watch;
        try
        {
            await RunInTurnAsync(cancellationToken);
        }
        finally
        {
            _watchers.TryRemove(watcher, out _);
        }
    }

    private async Task RunInTurnAsync(CancellationToken cancellationToken)
    {
        await _running.WaitAsync(cancellationToken);
        try
        {
            var from = await ResolvedVersionAsync(cancellationToken);
            var through = await scan.RefreshAsync(cancellationToken);
            if (from == through)
                return;

            await foreach (var piece in scan.FindAsync(from <= through ? from : 0, cancellationToken))
                await DecideAsync(piece, from, cancellationToken);

            await using var unit = await outbox.BeginAsync(cancellationToken);
            (await LedgerWriter.LockAsync(unit.Database, cancellationToken)).Resolved(through, from);
            await unit.CommitAsync(cancellationToken);
        }
        finally
        {
            _running.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _running.Dispose();

    private async Task DecideAsync(IReadOnlyList<FoundConflict> piece, long resolved, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (version, changes) = await WorkOutAsync(piece, resolved, cancellationToken);
            if (changes.Count == 0)
                return;

            await using var unit = await outbox.BeginAsync(cancellationToken);
            var writer = await LedgerWriter.LockAsync(unit.Database, cancellationToken);
            if (writer.Version != version)
                continue; // Somebody else decided something meanwhile: worked out again.

            await writer.WriteAsync(changes, cancellationToken);
            unit.PublishDecided([.. changes.Select(change => change.Row)], writer.Version, time.GetUtcNow());
            foreach (var change in changes.Where(change => change.Row is { State: ConflictState.Open, Decider: Decider.Message }))
                unit.PublishRequest(change.Row, change.All);
            foreach (var watch in _watchers.Values)
                watch(unit);
            Failpoint.Reach(Failpoints.LedgerBeforeCommit);
            await unit.CommitAsync(cancellationToken);
            Failpoint.Reach(Failpoints.LedgerAfterCommit);
            metrics.Count(changes.Select(change => change.Row));
            return;
        }
    }

    private async Task<(long Version, List<LedgerChange> Changes)> WorkOutAsync(IReadOnlyList<FoundConflict> piece, long resolved, CancellationToken cancellationToken)
    {
        await using var database = await contexts.CreateDbContextAsync(cancellationToken);
        var ledger = await LedgerReader.ReadAsync(database, piece[0].Kind, [.. piece.Select(found => found.Subject)], cancellationToken);
        var provenance = await Provenance.ReadAsync(database, piece.SelectMany(found => found.Versions).SelectMany(version => version.Segments), cancellationToken);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var changes = new List<LedgerChange>();
        foreach (var found in piece)
        {
            var versions = found.Versions.Select(version => Describe(found, version, provenance, ledger.NextRound(found.Subject), resolved, now)).ToList();
            if (ledger.NextRound(found.Subject) == 1)
                PutOursFirst(versions);
            var conflict = ledger.FileOf(found.Subject, versions);
            if (conflict is { Fresh.Count: > 0 })
                changes.Add(LedgerChange.Make(conflict, await judge.JudgeAsync(conflict, cancellationToken), ledger.IsInView(conflict), Hides, now));
        }

        return (ledger.Version, changes);
    }

    private bool Hides => options.Value.SameTimestamp == SameTimestamp.Supersede;

    // What we wrote stands in a journal for a moment before it is in a segment, so it may turn up later than what a peer brought after it.
    private static void PutOursFirst(List<VersionRecord> versions)
    {
        if (versions.Exists(version => version.Round > 0) || !versions.Exists(version => version.PeerId is null))
            return;
        foreach (var version in versions.Where(version => version.PeerId is not null))
            version.Round = 1;
    }

    private static VersionRecord Describe(FoundConflict found, ContestedVersion version, Provenance provenance, int round, long resolved, long now)
    {
        var arrival = provenance.Of(version);
        var segment = arrival is null ? version.Segments[0] : new SegmentId(arrival.SegmentId);
        return new VersionRecord
        {
            Kind = found.Kind,
            Subject = found.Subject,
            EntryHash = version.Key.Hash.ToString(),
            EntryId = version.EntryId,
            Timestamp = version.Key.Timestamp,
            EntryType = version.EntryType.ToString().ToLowerInvariant(),
            TraceId = version.TraceId,
            SegmentId = segment.Value,
            Origin = provenance.OriginOf(segment),
            PeerId = arrival?.PeerId,
            SyncId = arrival?.SyncId,
            Round = arrival is not null && arrival.LogVersion > resolved ? round : 0,
            FoundAt = now,
        };
    }

    private async Task<long> ResolvedVersionAsync(CancellationToken cancellationToken)
    {
        await using var database = await contexts.CreateDbContextAsync(cancellationToken);
        return await database.Set<LedgerHeadRecord>().Select(head => head.ResolvedVersion).SingleAsync(cancellationToken);
    }
}
