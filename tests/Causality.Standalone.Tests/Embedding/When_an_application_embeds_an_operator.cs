using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Causality.Contracts;
using Causality.Contracts.Http.Control;
using Causality.Scheduler;
using Causality.Scheduler.Discovery;
using Causality.Scheduler.Peers;
using Causality.Standalone.Embedding;
using Causality.TestKit.Processes;
using Microsoft.Extensions.DependencyInjection;

namespace Causality.Standalone.Tests.Embedding;

/// <summary>The seed's programming interface, in one process.</summary>
[Collection(InThisProcess.Name)]
public sealed class When_an_application_embeds_an_operator : IAsyncDisposable
{
    private static readonly string AnyPin = new('0', 64);
    private readonly Embedded _operators = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _operators.DisposeAsync();

    [Fact]
    public async Task Sync_manager_keeps_the_peers()
    {
        var one = await _operators.StartAsync("one");
        await one.SyncManager.AddPeerAsync(new PeerRequest { Id = "two", Address = "https://127.0.0.1:1/sync", Pins = [AnyPin] }, Token);

        var peer = (await one.SyncManager.ListPeersAsync(Token)).ShouldHaveSingleItem();
        (peer.PeerId, peer.Address, peer.SuccessfulSyncs, peer.FailedSyncs, peer.LastSync).ShouldBe(("two", "https://127.0.0.1:1", 0, 0, null));
        (await one.SyncManager.RemovePeerAsync("two", Token)).ShouldBeTrue();
        (await one.SyncManager.RemovePeerAsync("two", Token)).ShouldBeFalse();
        (await one.SyncManager.ListPeersAsync(Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Sync_manager_names_what_is_wrong()
    {
        var one = await _operators.StartAsync("one");

        (await Should.ThrowAsync<InvalidPeerException>(() => one.SyncManager.AddPeerAsync(new PeerRequest { Id = "two", Address = "http://127.0.0.1:1", Pins = [AnyPin] }, Token))).Field.ShouldBe("address");
        (await Should.ThrowAsync<SyncRejectedException>(() => one.SyncManager.SyncWithPeerAsync("nobody", cancellationToken: Token))).Reason.ShouldBe(SyncReasons.UnknownPeer);
        (await one.SyncManager.SyncAllAsync(cancellationToken: Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_operators_become_equal()
    {
        var (one, two) = (await _operators.StartAsync("one"), await _operators.StartAsync("two"));
        await Embedded.IntroduceAsync(one, two);
        await Embedded.AppendAsync(one, "by-one", 30);
        await Embedded.AppendAsync(two, "by-two", 20);

        var result = await one.SyncManager.SyncWithPeerAsync("two", cancellationToken: Token);
        var results = await two.SyncManager.SyncAllAsync(cancellationToken: Token);

        (result.Status, result.EntriesSynced, result.SegmentsSynced, result.Conflicts).ShouldBe((SyncStatus.Completed, 20, 1, 0));
        (results.ShouldHaveSingleItem().PeerId, results[0].Status, results[0].EntriesSynced).ShouldBe(("one", SyncStatus.Completed, 30));
        (await one.Log.GetHeadAsync(Token)).Fingerprint.ShouldBe((await two.Log.GetHeadAsync(Token)).Fingerprint);
        (await one.SyncManager.SyncWithPeerAsync("two", cancellationToken: Token)).Status.ShouldBe(SyncStatus.Skipped);
        (await one.SyncManager.ListPeersAsync(Token)).Single().SuccessfulSyncs.ShouldBe(2);
    }

    [Fact]
    public async Task Subscribers_see_the_results_of_others()
    {
        var (one, two) = (await _operators.StartAsync("one"), await _operators.StartAsync("two"));
        await Embedded.IntroduceAsync(one, two);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        await using var results = one.SyncManager.SubscribeAsync(limit.Token).GetAsyncEnumerator(limit.Token);
        var next = results.MoveNextAsync().AsTask();

        // Asked until seen: a subscription begins when its first read does, and nothing announces that.
        while (!next.IsCompleted)
            await one.SyncManager.SyncWithPeerAsync("two", cancellationToken: limit.Token);

        (await next).ShouldBeTrue();
        results.Current.PeerId.ShouldBe("two");
        results.Current.Status.ShouldBe(SyncStatus.Skipped);
    }

    [Fact]
    public async Task Its_own_discovery_and_the_schedule_do_the_rest()
    {
        var two = await _operators.StartAsync("two");
        await Embedded.AppendAsync(two, "by-two", 10);
        var one = _operators.Create("one", sync => sync.SyncInterval = TimeSpan.FromMilliseconds(200), builder => builder.Services.AddSingleton<IPeerDiscovery>(new FixedDiscovery(two.AsPeer())));
        await two.SyncManager.AddPeerAsync(new PeerRequest { Id = "one", Address = "https://127.0.0.1:1", Pins = [one.Pin] }, Token);

        await one.StartAsync(Token);

        await Eventually.BecomesAsync(token => one.Log.CountAsync(token), count => count == 10, "the entries of the peer that was discovered", TimeSpan.FromSeconds(30), Token);
    }

    [Fact]
    public async Task Stopping_the_schedule_leaves_requests_served()
    {
        var (one, two) = (await _operators.StartAsync("one"), await _operators.StartAsync("two"));
        await Embedded.IntroduceAsync(one, two);
        await Embedded.AppendAsync(two, "by-two", 10);

        await one.SyncManager.StopAsync(Token);
        (await one.SyncManager.SyncWithPeerAsync("two", cancellationToken: Token)).EntriesSynced.ShouldBe(10);
        await one.SyncManager.StartAsync(Token);
    }

    // The second and every later retry waited 10 s, because a deadline was told at most once in that time.
    [Fact]
    public async Task Retries_begin_when_they_are_due()
    {
        var one = await _operators.StartAsync("one", sync => (sync.Scheduled, sync.RetryDelay, sync.MaxRetries) = (false, TimeSpan.FromMilliseconds(10), 3));
        await one.SyncManager.AddPeerAsync(new PeerRequest { Id = "away", Address = $"https://127.0.0.1:{FreePorts.Take(1)[0]}", Pins = [AnyPin] }, Token);

        var result = await one.SyncManager.SyncWithPeerAsync("away", cancellationToken: Token).WaitAsync(TimeSpan.FromSeconds(9), Token);

        (result.Status, result.Reason, result.Attempts).ShouldBe((SyncStatus.Failed, SyncReasons.PeerUnavailable, 4));
    }

    // Whoever held the id of a follow-up got 404 for it until the sync before had ended.
    [Fact]
    public async Task A_sync_that_waits_for_another_can_be_looked_up()
    {
        var one = await _operators.StartAsync("one", sync => (sync.Scheduled, sync.RetryDelay, sync.MaxRetryDelay) = (false, TimeSpan.FromHours(1), TimeSpan.FromHours(1)));
        await one.SyncManager.AddPeerAsync(new PeerRequest { Id = "away", Address = $"https://127.0.0.1:{FreePorts.Take(1)[0]}", Pins = [AnyPin] }, Token);
        using var http = new HttpClient { BaseAddress = new Uri(one.Address) };
        var (running, waiting) = (Guid.NewGuid(), Guid.NewGuid());
        foreach (var id in new[] { running, waiting })
        {
            using var answer = await http.PostAsJsonAsync(ControlRoutes.Syncs, new { peer_id = "away", sync_id = id }, Token);
            answer.EnsureSuccessStatusCode();
        }

        var sync = await http.GetFromJsonAsync<JsonElement>($"{ControlRoutes.Syncs}/{waiting}", Token);

        sync.GetProperty("state").GetString().ShouldBe("Waiting");
        sync.GetProperty("result").GetProperty("status").GetString().ShouldBe("InProgress");
        using var unknown = await http.GetAsync(new Uri($"{ControlRoutes.Syncs}/{Guid.NewGuid()}", UriKind.Relative), Token);
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    // The bus of the second logged by the logger of the first, which was gone.
    [Fact]
    public async Task Operators_come_and_go_one_after_the_other()
    {
        for (var turn = 0; turn < 2; turn++)
        {
            await using var one = _operators.Create($"turn-{turn}");
            await one.StartAsync(Token);
            (await one.Log.CountAsync(Token)).ShouldBe(0);
        }
    }

    [Fact]
    public async Task It_starts_again_on_the_same_folder()
    {
        var one = await _operators.StartAsync("one");
        var pin = one.Pin;
        await Embedded.AppendAsync(one, "kept", 25);
        await one.SyncManager.AddPeerAsync(new PeerRequest { Id = "two", Address = "https://127.0.0.1:1", Pins = [AnyPin] }, Token);
        var root = (await one.Log.GetHeadAsync(Token)).Fingerprint;
        await one.DisposeAsync();

        var again = await _operators.StartAsync("one");

        again.Pin.ShouldBe(pin);
        (await again.Log.CountAsync(Token)).ShouldBe(25);
        (await again.Log.GetHeadAsync(Token)).Fingerprint.ShouldBe(root);
        (await again.SyncManager.ListPeersAsync(Token)).Single().PeerId.ShouldBe("two");
    }
}
