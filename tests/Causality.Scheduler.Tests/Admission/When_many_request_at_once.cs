using Causality.Contracts;
using Causality.Scheduler.Syncs;
using Causality.Scheduler.Tests.Hosting;
using Causality.TestKit.Operators;

namespace Causality.Scheduler.Tests.Admission;

public sealed class When_many_request_at_once
{
    [Theory]
    [InlineData(Backend.Embedded)]
    [InlineData(Backend.PostgreSql)]
    public async Task Should_begin_one_let_one_wait_and_cover_the_rest(Backend backend)
    {
        Assert.SkipUnless(OperatorStore.IsAvailable(backend), OperatorStore.Missing);
        await using var store = await OperatorStore.CreateAsync(backend);
        await using var scheduler = await SchedulerHost.StartAsync(store);
        var peer = await scheduler.AddPeerAsync();

        var outcomes = (await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => scheduler.RequestAsync(new SyncRequested { PeerId = peer })))))
            .Select(admitted => admitted.ShouldHaveSingleItem()).ToList();

        outcomes.Count(sync => sync.Outcome == AdmissionOutcome.Begun).ShouldBe(1);
        var waiting = outcomes.Single(sync => sync.Outcome == AdmissionOutcome.Waiting);
        outcomes.Count(sync => sync.Reason == SyncReasons.Coalesced && sync.CoveredBy == waiting.SyncId).ShouldBe(48);
        (await scheduler.SyncsAsync(peer)).ShouldHaveSingleItem().Active.ShouldBeTrue();
        (await scheduler.PendingAsync(peer)).ShouldNotBeNull().SyncId.ShouldBe(waiting.SyncId);
    }

    [Fact]
    public async Task Should_hold_over_the_broker_as_well()
    {
        Assert.SkipUnless(OperatorStore.IsAvailable(Backend.Servers), OperatorStore.Missing);
        await using var store = await OperatorStore.CreateAsync(Backend.Servers);
        await using var scheduler = await SchedulerHost.StartAsync(store);
        var peer = await scheduler.AddPeerAsync();

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => scheduler.Host.PublishAsync(new SyncRequested { PeerId = peer, SyncId = Guid.NewGuid() })));
        var rejected = await scheduler.Bus.WaitAsync<SyncRejected>(event_ => event_.PeerId == peer, 48, TestContext.Current.CancellationToken);

        rejected.ShouldAllBe(event_ => event_.Reason == SyncReasons.Coalesced);
        (await scheduler.SyncsAsync(peer)).ShouldHaveSingleItem().Active.ShouldBeTrue();
        (await scheduler.PendingAsync(peer)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Should_lose_no_follow_up_to_a_sync_that_ends_meanwhile()
    {
        Assert.SkipUnless(OperatorStore.IsAvailable(Backend.PostgreSql), OperatorStore.Missing);
        await using var store = await OperatorStore.CreateAsync(Backend.PostgreSql);
        await using var scheduler = await SchedulerHost.StartAsync(store);
        scheduler.Bus.On<CompareSegments>(command => scheduler.Host.PublishAsync(command.Compared(inSync: true)));
        var peer = await scheduler.AddPeerAsync();

        var admitted = new List<AdmittedSync>();
        for (var request = 0; request < 40; request++)
            admitted.AddRange(await scheduler.RequestAsync(new SyncRequested { PeerId = peer }));

        foreach (var sync in admitted.Where(sync => sync.Outcome != AdmissionOutcome.Rejected))
            await scheduler.Bus.WaitAsync<SyncSkipped>(end => end.SyncId == sync.SyncId, 1, TestContext.Current.CancellationToken);
        (await scheduler.PendingAsync(peer)).ShouldBeNull();
    }
}
