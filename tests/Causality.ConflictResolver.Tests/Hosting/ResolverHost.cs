using Causality.ConflictResolver.Extensions;
using Causality.ConflictResolver.Ledger;
using Causality.Contracts;
using Causality.Core;
using Causality.Storage;
using Causality.Storage.Database.Records;
using Causality.TestKit.Fakes;
using Causality.TestKit.Operators;
using Microsoft.EntityFrameworkCore;

namespace Causality.ConflictResolver.Tests.Hosting;

/// <summary>A conflict-resolver as its process composes it.</summary>
public sealed class ResolverHost : IAsyncDisposable
{
    private readonly OperatorStore _store;

    private ResolverHost(OperatorStore store) => _store = store;

    public ManualClock Clock { get; } = new();

    public OperatorHost Host { get; private set; } = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<ResolverHost> StartAsync(Backend backend = Backend.Embedded)
    {
        var resolver = new ResolverHost(await OperatorStore.CreateAsync(backend));
        resolver.Host = await OperatorHost.StartAsync(
            resolver._store, ServiceNames.ConflictResolver, builder => builder.Services.AddConflictResolver(),
            bus =>
            {
                bus.AddConflictResolverConsumers();
                bus.Record<ConflictsResolved>().Record<SyncStepFailed>().Record<SyncStepProgressed>();
            },
            time: resolver.Clock);
        return resolver;
    }

    /// <summary>An entry of an id at a time, whose content follows from both.</summary>
    public static LogEntry Version(string id, long at) => LogEntry.Create(id, Samples.Epoch + at, EntryType.Fact, System.Text.Encoding.UTF8.GetBytes($"{{\"at\":{at}}}"));

    public static LogSegment Segment(string name, params IEnumerable<LogEntry> entries) => LogSegment.FromEntries(new SegmentId(name), new OperatorId("beta"), entries);

    /// <summary>What stands in the log, of no sync.</summary>
    public Task HasAsync(params IReadOnlyList<LogSegment> segments) => Host.Log.ImportBatchAsync(segments, null, Cancelled);

    /// <summary>A sync brings segments, up to the point where the resolver comes in.</summary>
    public async Task<ResolveConflicts> BringAsync(params IReadOnlyList<LogSegment> segments)
    {
        var command = new ResolveConflicts { SyncId = Guid.NewGuid(), Attempt = 1, PeerId = "beta" };
        await HasAsync(segments);
        await Host.AddToPlanAsync(command.SyncId, PlanSegmentState.Stored, segments.Select(segment => segment.Metadata));
        return command;
    }

    /// <summary>Has the resolver look, and returns the number of conflicts that it answers with.</summary>
    public async Task<long> ResolveAsync(ResolveConflicts command)
    {
        var before = Host.Bus.Of<ConflictsResolved>(answer => answer.SyncId == command.SyncId).Count;
        await Host.PublishAsync(command);
        return (await Host.Bus.WaitAsync<ConflictsResolved>(answer => answer.SyncId == command.SyncId, before + 1, Cancelled))[^1].Conflicts;
    }

    public Task<List<ConflictVersion>> LedgerAsync() =>
        Host.QueryAsync(database => database.Set<ConflictVersion>().AsNoTracking().OrderBy(version => version.EntryId).ThenBy(version => version.Timestamp).ToListAsync(Cancelled));

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await _store.DisposeAsync();
    }
}
