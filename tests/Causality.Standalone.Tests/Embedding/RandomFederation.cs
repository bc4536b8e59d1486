using System.Text;
using Causality.Contracts;
using Causality.Core;
using Causality.Scheduler.Syncs;
using Causality.Standalone.Embedding;
using Causality.Storage.Log;
using Microsoft.Extensions.DependencyInjection;

namespace Causality.Standalone.Tests.Embedding;

/// <summary>Several whole operators that all know each other, to which things happen at random: over real listeners, with the real differ and transfer.</summary>
/// <param name="operators">Started.</param>
/// <param name="random">Everything follows from its seed but the moment at which a sync is interrupted.</param>
internal sealed class RandomFederation(IReadOnlyList<CausalityOperator> operators, Random random)
{
    private const int Names = 6;
    private const int Entries = 400;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Introduces everybody to everybody; all may read and write.</summary>
    public static async Task<RandomFederation> StartAsync(Embedded embedded, int count, int seed)
    {
        var operators = new List<CausalityOperator>();
        for (var number = 0; number < count; number++)
            operators.Add(await embedded.StartAsync($"op-{number}", settings => (settings.Scheduled, settings.RetryDelay) = (false, TimeSpan.FromMilliseconds(1))));
        foreach (var (one, other) in operators.SelectMany(one => operators.Where(other => other != one).Select(other => (one, other))))
            await one.SyncManager.AddPeerAsync(other.AsPeer() with { Permissions = ["read", "write", "resolve"] }, Token);
        return new RandomFederation(operators, new Random(seed));
    }

    /// <summary>One thing happens: somebody writes, changes a segment that others may have as well, syncs, or has a sync cancelled in the middle.</summary>
    public Task StepAsync() => random.Next(6) switch
    {
        0 => AppendAsync(Any()),
        1 or 2 => EditAsync(Any()),
        3 => InterruptAsync(Any(), Any()),
        _ => SyncAsync(Any(), Any(), AnySettings()),
    };

    /// <summary>Everybody pulls from everybody, in any order, until all roots are equal.</summary>
    /// <returns>The roots of all; one when they have become equal within one round more than there are operators.</returns>
    public async Task<IReadOnlyCollection<string>> SettleAsync()
    {
        foreach (var one in operators)
            await one.Services.GetRequiredService<ILogWriter>().PublishAsync(Token);
        var roots = await RootsAsync();
        for (var round = 0; round <= operators.Count && roots.Count > 1; round++)
        {
            var pairs = operators.SelectMany(to => operators.Where(from => from != to).Select(from => (To: to, From: from))).ToArray();
            random.Shuffle(pairs);
            foreach (var (to, from) in pairs)
                await SyncAsync(to, from, new SyncOverrides { BatchSize = 1 + random.Next(200), UseDifferentialSync = random.Next(4) > 0 });
            roots = await RootsAsync();
        }

        return roots;
    }

    /// <summary>Every entry that each operator holds.</summary>
    public async Task<List<HashSet<ContentHash>>> HeldAsync()
    {
        var held = new List<HashSet<ContentHash>>();
        foreach (var one in operators)
            held.Add(await one.Log.ReadAsync(new LogQuery { AllVersions = true }, Token).Select(entry => entry.Hash).ToHashSetAsync(cancellationToken: Token));
        return held;
    }

    /// <summary>Every entry that anybody has ever had.</summary>
    public HashSet<ContentHash> Written { get; } = [];

    private CausalityOperator Any() => operators[random.Next(operators.Count)];

    private SyncOverrides AnySettings() => new()
    {
        Mode = (SyncMode)random.Next(3),
        BatchSize = 1 + random.Next(200),
        UseDifferentialSync = random.Next(4) > 0,
        VerifyHashes = random.Next(4) > 0,
    };

    private async Task AppendAsync(CausalityOperator one)
    {
        var entries = Enumerable.Range(0, 1 + random.Next(30)).Select(_ => Write($"{one.Id}-{Guid.NewGuid():N}")).ToList();
        await one.Log.AppendBatchAsync(entries, Token);
        await one.Services.GetRequiredService<ILogWriter>().PublishAsync(Token);
    }

    /// <summary>Stores a random subset of entries under one of few names: new, larger, or in conflict with what others have under it.</summary>
    private Task EditAsync(CausalityOperator one)
    {
        var entries = Enumerable.Range(0, 1 + random.Next(60)).Select(_ => Write($"shared-{random.Next(Entries)}")).DistinctBy(entry => entry.Hash);
        return one.Log.ImportSegmentAsync(LogSegment.FromEntries(new SegmentId($"shared-{random.Next(Names)}"), new OperatorId("op-0"), entries), Token);
    }

    private LogEntry Write(string id)
    {
        var version = random.Next(3);
        var entry = LogEntry.Create(id, 1_700_000_000_000 + random.Next(1_000), EntryType.Fact, Encoding.UTF8.GetBytes($"{{\"version\":{version}}}"));
        Written.Add(entry.Hash);
        return entry;
    }

    private async Task SyncAsync(CausalityOperator to, CausalityOperator from, SyncOverrides settings)
    {
        if (to == from)
            return;
        var result = await to.SyncManager.SyncWithPeerAsync(from.Id, settings, Token);
        // Cancelled: it was covered by one that was interrupted.
        result.Status.ShouldBeOneOf([SyncStatus.Completed, SyncStatus.Skipped, SyncStatus.Cancelled], $"{to.Id} with {from.Id}, {settings}: {result.Error}");
    }

    private async Task InterruptAsync(CausalityOperator to, CausalityOperator from)
    {
        if (to == from)
            return;
        var requests = to.Services.GetRequiredService<SyncRequests>();
        var syncId = Guid.NewGuid();
        await requests.RequestAsync(new SyncRequested { SyncId = syncId, PeerId = from.Id, Overrides = AnySettings() }, Token);
        await requests.CancelAsync(syncId, "the test wants so", Token);
    }

    private async Task<IReadOnlyCollection<string>> RootsAsync() =>
        (await Task.WhenAll(operators.Select(async one => (await one.Log.GetHeadAsync(Token)).Fingerprint.ToRoot()))).ToHashSet(StringComparer.Ordinal);
}
