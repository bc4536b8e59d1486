using Causality.ConflictResolver.Extensions;
using Causality.ConflictResolver.Ledger;
using Causality.Contracts;
using Causality.Core;
using Causality.Storage;
using Causality.Storage.Log;
using Causality.TestKit.Fakes;
using Causality.TestKit.Operators;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Causality.ConflictResolver.Tests.Hosting;

/// <summary>A conflict-resolver as its process composes it.</summary>
public sealed class ResolverHost : IAsyncDisposable
{
    private readonly OperatorStore _store;
    private readonly Func<ResolverHost, Task<OperatorHost>> _start;

    private ResolverHost(OperatorStore store, Func<ResolverHost, Task<OperatorHost>> start) => (_store, _start) = (store, start);

    public ManualClock Clock { get; } = new();

    public OperatorHost Host { get; private set; } = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <param name="settings">Names as in the section <c>Conflicts</c>, without it.</param>
    public static async Task<ResolverHost> StartAsync(Backend backend = Backend.Embedded, Dictionary<string, string?>? settings = null, Action<IServiceCollection>? services = null)
    {
        var resolver = new ResolverHost(await OperatorStore.CreateAsync(backend), resolver => OperatorHost.StartAsync(
            resolver._store, ServiceNames.ConflictResolver, builder =>
            {
                builder.Services.AddConflictResolver();
                services?.Invoke(builder.Services);
            },
            bus =>
            {
                bus.AddConflictResolverConsumers();
                bus.Record<ConflictsResolved>().Record<SyncStepFailed>().Record<SyncStepProgressed>().Record<ConflictResolved>().Record<ConflictDecisionRequested>().Record<ConflictsCounted>();
            },
            routes => routes.MapConflictResolver(), time: resolver.Clock, settings: settings?.ToDictionary(pair => $"Conflicts:{pair.Key}", pair => pair.Value)));
        resolver.Host = await resolver._start(resolver);
        return resolver;
    }

    /// <summary>Ends the process's host and starts another on the same store: what was in memory only is gone.</summary>
    public async Task RestartAsync()
    {
        await Host.DisposeAsync();
        Host = await _start(this);
    }

    /// <summary>An entry of an id at a time, whose content follows from both.</summary>
    public static LogEntry Version(string id, long at, EntryType type = EntryType.Fact) => LogEntry.Create(id, Samples.Epoch + at, type, System.Text.Encoding.UTF8.GetBytes($"{{\"at\":{at}}}"));

    public static LogSegment Segment(string name, params IEnumerable<LogEntry> entries) => LogSegment.FromEntries(new SegmentId(name), new OperatorId("beta"), entries);

    /// <summary>What stands in the log, of no sync.</summary>
    public Task HasAsync(params IReadOnlyList<LogSegment> segments) => Host.Log.ImportBatchAsync(segments, null, Cancelled);

    /// <summary>A sync with beta brings segments, up to the point where the resolver comes in.</summary>
    public Task<ResolveConflicts> BringAsync(params IReadOnlyList<LogSegment> segments) => BringFromAsync("beta", segments);

    /// <summary>The same from any peer.</summary>
    public async Task<ResolveConflicts> BringFromAsync(string peer, params IReadOnlyList<LogSegment> segments)
    {
        var command = new ResolveConflicts { SyncId = Guid.NewGuid(), Attempt = 1, PeerId = peer };
        await Host.Log.ImportBatchAsync(segments, (database, results, token) => Arrivals.RecordAsync(database, results, peer, command.SyncId, Clock.NowMs, token), Cancelled);
        return command;
    }

    /// <summary>Has the resolver look, and returns the number of conflicts that it answers with.</summary>
    public async Task<long> ResolveAsync(ResolveConflicts command)
    {
        var before = Host.Bus.Of<ConflictsResolved>(answer => answer.SyncId == command.SyncId).Count;
        await Host.PublishAsync(command);
        return (await Host.Bus.WaitAsync<ConflictsResolved>(answer => answer.SyncId == command.SyncId, before + 1, Cancelled))[^1].Conflicts;
    }

    /// <summary>Asks how many conflicts some entries would be in.</summary>
    public async Task<long> CountAsync(params IEnumerable<LogEntry> entries)
    {
        var command = new CountConflicts { PlanId = Guid.NewGuid(), Entries = [.. entries.Select(entry => new EntryName { Id = entry.Id, Hash = entry.Hash.ToString() })] };
        await Host.PublishAsync(command);
        return (await Host.Bus.WaitAsync<ConflictsCounted>(answer => answer.PlanId == command.PlanId, 1, Cancelled))[0].Conflicts;
    }

    /// <summary>The ledger, ascending by subject.</summary>
    public Task<List<LedgerRecord>> LedgerAsync() => Host.QueryAsync(database => database.Set<LedgerRecord>().AsNoTracking().OrderBy(row => row.Subject).ToListAsync(Cancelled));

    /// <summary>The versions in it, ascending by subject and time.</summary>
    public Task<List<VersionRecord>> VersionsAsync() =>
        Host.QueryAsync(database => database.Set<VersionRecord>().AsNoTracking().OrderBy(row => row.Subject).ThenBy(row => row.Timestamp).ToListAsync(Cancelled));

    /// <summary>Superseded decisions, oldest first.</summary>
    public Task<List<DecisionRecord>> DecisionsAsync() =>
        Host.QueryAsync(database => database.Set<DecisionRecord>().AsNoTracking().OrderBy(row => row.Subject).ThenBy(row => row.Number).ToListAsync(Cancelled));

    /// <summary>Everything that the view shows.</summary>
    public async Task<List<LogEntry>> ViewAsync() => await Host.Log.ReadAsync(new LogQuery(), Cancelled).ToListAsync(Cancelled);

    /// <summary>What the view shows under an id.</summary>
    public async Task<LogEntry?> ShownAsync(string id) => await Host.Log.GetByIdAsync(id, Cancelled);

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await _store.DisposeAsync();
    }
}
