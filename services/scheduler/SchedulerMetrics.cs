using System.Diagnostics.Metrics;
using Causality.Contracts;
using Causality.Scheduler.StateMachines;
using Causality.Scheduler.Syncs;
using Causality.Storage.Observing;

namespace Causality.Scheduler;

/// <summary>What the scheduler counts, by peer; each replica counts the syncs that it has ended.</summary>
public sealed class SchedulerMetrics
{
    private static readonly SyncStatus[] Ends = [SyncStatus.Completed, SyncStatus.Skipped, SyncStatus.Failed, SyncStatus.Cancelled];

    private readonly Counter<long> _runs;
    private readonly Counter<long> _retries;
    private readonly Counter<long> _entries;
    private readonly Counter<long> _conflicts;
    private readonly Histogram<double> _duration;

    /// <summary>Adds the instruments to the host's meter.</summary>
    public SchedulerMetrics(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        var meter = meters.Create(MeterNames.Causality);
        _runs = meter.CreateCounter<long>("causality_sync_runs_total", "{sync}", "Syncs that have ended, by peer and outcome.");
        _retries = meter.CreateCounter<long>("causality_sync_retries_total", "{attempt}", "Attempts beyond the first of the syncs that have ended, by peer.");
        _entries = meter.CreateCounter<long>("causality_sync_entries_total", "{entry}", "Entries new to our log that syncs have brought, by peer.");
        _conflicts = meter.CreateCounter<long>("causality_sync_conflicts_total", "{conflict}", "Conflicts to which syncs have brought a version, by peer.");
        _duration = meter.CreateHistogram<double>("causality_sync_duration_seconds", "s", "From admission to end of a sync, waits and retries included, by outcome.");
    }

    /// <summary>Tells the counters of a peer from now on, at zero where nothing was counted.</summary>
    internal void Know(string peer)
    {
        foreach (var end in Ends)
            _runs.Add(0, new("peer", peer), Outcome(end));
        foreach (var counter in (Counter<long>[])[_retries, _entries, _conflicts])
            counter.Add(0, new KeyValuePair<string, object?>("peer", peer));
    }

    /// <summary>Counts a sync that has ended.</summary>
    internal void Ended(SyncState sync)
    {
        var (result, peer) = (sync.ToResult(), new KeyValuePair<string, object?>("peer", sync.PeerId));
        _runs.Add(1, peer, Outcome(result.Status));
        _retries.Add(sync.Retries, peer);
        _entries.Add(result.EntriesSynced, peer);
        _conflicts.Add(result.Conflicts, peer);
        if (sync.EndedAt is { } ended)
            _duration.Record(Math.Max(0, ended - sync.StartedAt) / 1000.0, Outcome(result.Status));
    }

    private static KeyValuePair<string, object?> Outcome(SyncStatus status) => new("outcome", status.ToString().ToLowerInvariant());
}
