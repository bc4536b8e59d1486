using Causality.Contracts;
using Causality.Scheduler.Syncs;
using Causality.Scheduler.Tests.Hosting;
using Causality.TestKit.Operators;

namespace Causality.Scheduler.Tests.Admission;

public sealed class When_a_sync_with_all_peers_is_requested
{
    [Fact]
    public async Task Should_begin_one_with_each_enabled_peer_and_asking_twice_is_asking_once()
    {
        await using var store = await OperatorStore.CreateAsync(Backend.Embedded);
        await using var scheduler = await SchedulerHost.StartAsync(store);
        foreach (var peer in new[] { "b", "c", "off" })
            await scheduler.AddPeerAsync(id: peer);
        await scheduler.Peers.SetEnabledAsync("off", false, TestContext.Current.CancellationToken);
        var request = new SyncRequested { SyncId = Guid.NewGuid() };

        var first = await scheduler.RequestAsync(request);
        var second = await scheduler.RequestAsync(request);

        first.Select(sync => (sync.PeerId, sync.Outcome)).ShouldBe([("b", AdmissionOutcome.Begun), ("c", AdmissionOutcome.Begun)]);
        first.Select(sync => sync.SyncId).Distinct().Count().ShouldBe(2);
        second.Select(sync => (sync.SyncId, sync.Reason)).ShouldBe(first.Select(sync => (sync.SyncId, (string?)SyncReasons.AlreadyRequested)));
        (await scheduler.SyncsAsync("off")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_do_nothing_without_peers()
    {
        await using var store = await OperatorStore.CreateAsync(Backend.Embedded);
        await using var scheduler = await SchedulerHost.StartAsync(store);

        (await scheduler.RequestAsync(new SyncRequested())).ShouldBeEmpty();
    }
}
