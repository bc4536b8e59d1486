using Causality.Contracts;
using Causality.Contracts.Http.Control;
using Causality.Scheduler.Peers;
using Causality.Scheduler.Tests.Hosting;
using Causality.TestKit.Operators;

namespace Causality.Scheduler.Tests.Control;

public sealed class When_an_application_uses_the_sync_manager : IAsyncLifetime
{
    private OperatorStore _store = null!;
    private SchedulerHost _scheduler = null!;

    private SyncManager Manager => _scheduler.Manager;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _store = await OperatorStore.CreateAsync(Backend.Embedded);
        _scheduler = await SchedulerHost.StartAsync(_store);
    }

    public async ValueTask DisposeAsync()
    {
        await _scheduler.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Fact]
    public async Task Should_add_list_and_remove_peers()
    {
        await Manager.AddPeerAsync(new PeerRequest { Id = "beta", Address = "https://beta.example:7443", Pins = [FakePeer.Pin] }, Cancelled);

        (await Manager.ListPeersAsync(Cancelled)).ShouldHaveSingleItem().Address.ShouldBe("https://beta.example:7443");
        (await Manager.RemovePeerAsync("beta", Cancelled)).ShouldBeTrue();
        (await Manager.RemovePeerAsync("beta", Cancelled)).ShouldBeFalse();
        (await Manager.ListPeersAsync(Cancelled)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_refuse_a_wrong_peer_with_its_field()
    {
        var refused = await Should.ThrowAsync<InvalidPeerException>(() => Manager.AddPeerAsync(new PeerRequest { Id = "beta", Address = "ftp://beta", Pins = [FakePeer.Pin] }, Cancelled));

        refused.Field.ShouldBe("address");
    }

    [Fact]
    public async Task Should_wait_for_the_end_of_a_sync_however_it_ends()
    {
        AnswerWell();
        var (well, badly) = (await _scheduler.AddPeerAsync(), await _scheduler.AddPeerAsync(id: "broken"));

        (await Manager.SyncWithPeerAsync(well, null, Cancelled)).Status.ShouldBe(SyncStatus.Skipped);
        var failed = await Manager.SyncWithPeerAsync(badly, new SyncOverrides { MaxRetries = 0 }, Cancelled);
        (failed.Status, failed.Reason).ShouldBe((SyncStatus.Failed, SyncReasons.PeerUnavailable));
    }

    [Fact]
    public async Task Should_sync_with_all_and_tell_subscribers()
    {
        AnswerWell();
        foreach (var peer in new[] { "c", "b" })
            await _scheduler.AddPeerAsync(id: peer);
        await using var results = Manager.SubscribeAsync(Cancelled).GetAsyncEnumerator(Cancelled);
        var next = results.MoveNextAsync().AsTask();
        // The subscription begins with its first look; the first sync may be before it, the second one of the same peer is not.
        await Manager.SyncAllAsync(null, Cancelled);

        var all = await Manager.SyncAllAsync(null, Cancelled);

        all.Select(result => result.PeerId).ShouldBe(["b", "c"]);
        (await next.WaitAsync(Eventually.Patience, Cancelled)).ShouldBeTrue();
        results.Current.Status.ShouldBe(SyncStatus.Skipped);
        (await Manager.ListPeersAsync(Cancelled)).ShouldAllBe(peer => peer.SuccessfulSyncs == 2);
    }

    [Fact]
    public async Task Should_return_nothing_for_all_of_no_peers() => (await Manager.SyncAllAsync(null, Cancelled)).ShouldBeEmpty();

    [Fact]
    public async Task Should_throw_the_reason_of_a_rejection()
    {
        (await Should.ThrowAsync<SyncRejectedException>(() => Manager.SyncWithPeerAsync("nobody", null, Cancelled))).Reason.ShouldBe(SyncReasons.UnknownPeer);
    }

    [Fact]
    public async Task Should_wait_for_the_sync_that_covers_the_request()
    {
        var running = await _scheduler.BeginAsync();
        var first = Manager.SyncWithPeerAsync(running.Peer.Id, null, Cancelled);
        await Eventually.BecomesAsync(() => _scheduler.PendingAsync(running.Peer.Id), pending => pending is not null, "a follow-up", Cancelled);
        var second = Manager.SyncWithPeerAsync(running.Peer.Id, null, Cancelled);
        AnswerWell();
        await _scheduler.Host.PublishAsync(running.Compared(inSync: true));

        // The second request may come while the first one waits, runs, or has ended: covered or not, it gets the end of a sync that began after it was asked.
        var results = await Task.WhenAll(first, second);

        results.ShouldAllBe(result => result.Status == SyncStatus.Skipped && result.SyncId != running.SyncId);
    }

    [Fact]
    public async Task Should_not_wait_for_ever_for_a_sync_whose_peer_is_removed()
    {
        // Broke: the follow-up is rejected when its turn comes, and nobody was listening for that.
        var running = await _scheduler.BeginAsync();
        var waiting = Manager.SyncWithPeerAsync(running.Peer.Id, null, Cancelled);
        await Eventually.BecomesAsync(() => _scheduler.PendingAsync(running.Peer.Id), pending => pending is not null, "a follow-up", Cancelled);
        await Manager.RemovePeerAsync(running.Peer.Id, Cancelled);
        await _scheduler.Host.PublishAsync(running.Compared(inSync: true));

        var rejected = await Should.ThrowAsync<SyncRejectedException>(() => waiting.WaitAsync(Eventually.Patience, Cancelled));

        rejected.Reason.ShouldBe(SyncReasons.UnknownPeer);
    }

    private void AnswerWell() => _scheduler.Bus.On<CompareSegments>(command =>
        command.Peer.Id == "broken" ? _scheduler.Host.PublishAsync(command.Failed()) : _scheduler.Host.PublishAsync(command.Compared(inSync: true)));
}
