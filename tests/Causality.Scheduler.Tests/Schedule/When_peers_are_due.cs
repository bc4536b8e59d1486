using Causality.Contracts;
using Causality.Scheduler.StateMachines;
using Causality.Scheduler.Tests.Hosting;
using Causality.TestKit.Operators;
using Microsoft.EntityFrameworkCore;

namespace Causality.Scheduler.Tests.Schedule;

public sealed class When_peers_are_due
{
    private static readonly Dictionary<string, string?> Scheduled = new() { ["Sync:Scheduled"] = "true", ["Sync:SyncInterval"] = "00:00:30" };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_sync_with_a_new_peer_at_once_and_then_at_its_interval()
    {
        await using var store = await OperatorStore.CreateAsync(Backend.Embedded);
        await using var scheduler = await StartAsync(store);
        var (slow, fast) = (await scheduler.AddPeerAsync(), await scheduler.AddPeerAsync(new SyncOverrides { SyncIntervalMs = 10_000 }));
        await EndedAsync(scheduler, slow, 1);
        await EndedAsync(scheduler, fast, 1);
        (await scheduler.PeerAsync(slow)).NextSyncAt.ShouldBe(scheduler.Clock.NowMs + 30_000);

        // The fast peer's syncs show that the schedule was looked at each time.
        for (var count = 2; count <= 3; count++)
        {
            scheduler.Clock.Advance(TimeSpan.FromSeconds(10));
            await EndedAsync(scheduler, fast, count);
        }

        (await scheduler.SyncsAsync(slow)).Count.ShouldBe(1);
        scheduler.Clock.Advance(TimeSpan.FromSeconds(10));
        await EndedAsync(scheduler, slow, 2);
        (await scheduler.SyncsAsync(slow)).ShouldAllBe(sync => sync.RequestedBy == "schedule");
    }

    [Fact]
    public async Task Should_leave_a_peer_alone_while_a_sync_with_it_runs()
    {
        await using var store = await OperatorStore.CreateAsync(Backend.Embedded);
        await using var scheduler = await SchedulerHost.StartAsync(store, Scheduled);
        var peer = await scheduler.AddPeerAsync();
        await scheduler.Bus.WaitAsync<CompareSegments>(command => command.Peer.Id == peer, 1, Cancelled);
        scheduler.Clock.Advance(TimeSpan.FromSeconds(30));
        var due = scheduler.Clock.NowMs;

        await Eventually.BecomesAsync(() => scheduler.PeerAsync(peer), record => record.NextSyncAt > due, "the next turn", Cancelled);

        (await scheduler.SyncsAsync(peer)).Count.ShouldBe(1);
        (await scheduler.PendingAsync(peer)).ShouldBeNull("the schedule asks again anyway");
    }

    [Fact]
    public async Task Should_begin_nothing_while_stopped_but_serve_requests()
    {
        await using var store = await OperatorStore.CreateAsync(Backend.Embedded);
        await using var scheduler = await StartAsync(store);
        await scheduler.Manager.StopAsync(Cancelled);
        var peer = await scheduler.AddPeerAsync();
        var compare = await scheduler.BeginAsync(new SyncOverrides { SyncTimeoutMs = 1_000, MaxRetries = 0 });
        await scheduler.ReachesAsync(compare.SyncId, "Skipped");
        (await scheduler.SyncsAsync(peer)).ShouldBeEmpty();

        await scheduler.Manager.StartAsync(Cancelled);

        await EndedAsync(scheduler, peer, 1);
    }

    [Fact]
    public async Task Should_pass_over_a_peer_that_is_switched_off()
    {
        await using var store = await OperatorStore.CreateAsync(Backend.Embedded);
        await using var scheduler = await StartAsync(store);
        await scheduler.Manager.StopAsync(Cancelled);
        var (off, on) = (await scheduler.AddPeerAsync(), await scheduler.AddPeerAsync());
        await scheduler.Peers.SetEnabledAsync(off, false, Cancelled);

        await scheduler.Manager.StartAsync(Cancelled);

        await EndedAsync(scheduler, on, 1);
        (await scheduler.SyncsAsync(off)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_not_double_with_two_schedulers_on_one_database()
    {
        Assert.SkipUnless(OperatorStore.IsAvailable(Backend.Servers), OperatorStore.Missing);
        await using var store = await OperatorStore.CreateAsync(Backend.Servers);
        await using var first = await SchedulerHost.StartAsync(store, Scheduled);
        await using var second = await SchedulerHost.StartAsync(store, Scheduled);
        var peers = new List<string>();
        for (var count = 0; count < 20; count++)
            peers.Add(await first.AddPeerAsync());

        var syncs = await Eventually.BecomesAsync(
            () => first.Host.QueryAsync(database => database.Set<SyncState>().AsNoTracking().ToListAsync(Cancelled)), all => all.Count >= peers.Count, "a sync with every peer", Cancelled);
        await Eventually.BecomesAsync(() => first.SyncsAsync(peers[^1]), all => all.TrueForAll(sync => sync.CurrentState == "Comparing"), "the last one begun", Cancelled);

        syncs.Select(sync => sync.PeerId).Order(StringComparer.Ordinal).ShouldBe(peers.Order(StringComparer.Ordinal));
        (await Task.WhenAll(peers.Select(first.PendingAsync))).ShouldAllBe(pending => pending == null);
    }

    [Fact]
    public async Task Should_forget_old_history_and_keep_the_young()
    {
        await using var store = await OperatorStore.CreateAsync(Backend.Embedded);
        await using var scheduler = await StartAsync(store);
        var (old, young) = (await scheduler.AddPeerAsync(), await scheduler.AddPeerAsync());
        await EndedAsync(scheduler, old, 1);
        await EndedAsync(scheduler, young, 1);
        await scheduler.Peers.RemoveAsync(old, Cancelled);

        scheduler.Clock.Advance(TimeSpan.FromDays(31));

        await Eventually.BecomesAsync(() => scheduler.SyncsAsync(old), syncs => syncs.Count == 0, "no old sync", Cancelled);
        await Eventually.BecomesAsync(() => scheduler.SyncsAsync(young), syncs => syncs.Count == 1 && syncs[0].StartedAt == scheduler.Clock.NowMs, "a young sync", Cancelled);
    }

    private static async Task<SchedulerHost> StartAsync(OperatorStore store)
    {
        var scheduler = await SchedulerHost.StartAsync(store, Scheduled);
        scheduler.Bus.On<CompareSegments>(command => scheduler.Host.PublishAsync(command.Compared(inSync: true)));
        return scheduler;
    }

    private static Task EndedAsync(SchedulerHost scheduler, string peer, int count) =>
        Eventually.BecomesAsync(() => scheduler.SyncsAsync(peer), syncs => syncs.Count == count && syncs.TrueForAll(sync => !sync.Active), $"{count} ended syncs with {peer}", Cancelled);
}
