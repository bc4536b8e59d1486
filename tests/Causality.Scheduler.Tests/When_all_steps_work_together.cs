using Causality.Contracts;
using Causality.Core;
using Causality.Protocol;
using Causality.Scheduler.Tests.Hosting;
using Causality.TestKit.Fakes;
using Causality.TestKit.Operators;

namespace Causality.Scheduler.Tests;

/// <summary>The saga with the real differ, transfer and conflict-resolver; only the peer is a fake.</summary>
public sealed class When_all_steps_work_together
{
    private readonly FakePeer _peer = new();

    public static TheoryData<Backend> Backends { get; } = [Backend.Embedded, Backend.PostgreSql, Backend.Servers];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Backends))]
    public async Task Should_bring_over_what_is_missing_with_true_numbers_and_skip_the_next_time(Backend backend)
    {
        Assert.SkipUnless(OperatorStore.IsAvailable(backend), OperatorStore.Missing);
        await using var store = await OperatorStore.CreateAsync(backend);
        await using var scheduler = await StartAsync(store);
        await scheduler.Host.Log.ImportBatchAsync([Samples.Segment("both", 0, 10), Samples.Segment("shared", 100, 20)], null, Cancelled);
        foreach (var segment in new[] { Samples.Segment("both", 0, 10), Samples.Segment("shared", 110, 20, "beta"), Samples.Segment("theirs", 200, 30, "beta") })
            await _peer.Log.ImportSegmentAsync(segment, Cancelled);

        var result = await scheduler.Manager.SyncWithPeerAsync("beta", null, Cancelled);

        (result.Status, result.SegmentsSynced, result.EntriesSynced, result.Conflicts).ShouldBe((SyncStatus.Completed, 2L, 40L, 0L));
        // Of the shared segment only the ten entries travel that we lack.
        result.BytesReceived.ShouldBe(Samples.Segment("shared", 120, 10).Content.Length + Samples.Segment("theirs", 200, 30).Content.Length);
        (await scheduler.Host.Log.CountAsync(Cancelled)).ShouldBe(70);
        (await scheduler.Manager.SyncWithPeerAsync("beta", null, Cancelled)).Status.ShouldBe(SyncStatus.Skipped);
        _peer.Asked.ShouldBe(["shared", "theirs"], ignoreOrder: true);
    }

    [Fact]
    public async Task Should_count_the_conflicts_that_came()
    {
        await using var store = await OperatorStore.CreateAsync(Backend.Embedded);
        await using var scheduler = await StartAsync(store);
        await scheduler.Host.Log.ImportSegmentAsync(Samples.Segment("ours", 0, 5), Cancelled);
        var other = Enumerable.Range(0, 3).Select(number => LogEntry.Create($"entry-{number}", Samples.Epoch + 1_000 + number, EntryType.Fact, "{\"other\":true}"u8));
        await _peer.Log.ImportSegmentAsync(LogSegment.FromEntries(new SegmentId("theirs"), new OperatorId("beta"), other), Cancelled);

        (await scheduler.Manager.SyncWithPeerAsync("beta", null, Cancelled)).Conflicts.ShouldBe(3);
        (await scheduler.Host.Log.GetByIdAsync("entry-0", Cancelled)).ShouldNotBeNull().Timestamp.ShouldBe(Samples.Epoch + 1_000);
    }

    [Fact]
    public async Task Should_take_up_a_broken_transfer_where_it_broke()
    {
        await using var store = await OperatorStore.CreateAsync(Backend.Embedded);
        await using var scheduler = await StartAsync(store);
        for (var number = 0; number < 6; number++)
            await _peer.Log.ImportSegmentAsync(Samples.Segment($"s{number}", number * 10, 10, "beta"), Cancelled);
        _peer.BreakNextFetchAfter = 4;

        var result = await scheduler.Manager.SyncWithPeerAsync("beta", null, Cancelled);

        (result.Status, result.Attempts, result.SegmentsSynced, result.EntriesSynced).ShouldBe((SyncStatus.Completed, 2, 6L, 60L));
        _peer.Asked.ShouldBe(["s0", "s1", "s2", "s3", "s4", "s5"], ignoreOrder: true);
    }

    [Fact]
    public async Task Should_follow_a_segment_that_grows_while_it_is_fetched()
    {
        await using var store = await OperatorStore.CreateAsync(Backend.Embedded);
        await using var scheduler = await StartAsync(store);
        await _peer.Log.AppendAsync(Samples.Entry(0), Cancelled);
        var grown = 0;
        _peer.BeforeFetch = peer =>
        {
            if (grown++ < 2)
                peer.Log.AppendAsync(Samples.Entry(grown), Cancelled).GetAwaiter().GetResult();
        };

        var result = await scheduler.Manager.SyncWithPeerAsync("beta", null, Cancelled);

        (result.Status, result.Attempts, result.EntriesSynced).ShouldBe((SyncStatus.Completed, 1, 3L));
    }

    [Fact]
    public async Task Should_fail_with_both_hashes_when_the_bytes_are_altered()
    {
        await using var store = await OperatorStore.CreateAsync(Backend.Embedded);
        await using var scheduler = await StartAsync(store);
        foreach (var name in new[] { "bad", "good" })
            await _peer.Log.ImportSegmentAsync(Samples.Segment(name, name.Length * 10, 10, "beta"), Cancelled);
        _peer.Altered.Add("bad");

        var result = await scheduler.Manager.SyncWithPeerAsync("beta", new SyncOverrides { MaxRetries = 1 }, Cancelled);

        (result.Status, result.Reason, result.Attempts, result.SegmentsSynced, result.EntriesSynced).ShouldBe((SyncStatus.Failed, SyncReasons.ContentHashMismatch, 2, 1L, 10L));
        result.Error.ShouldNotBeNull().ShouldContain(Samples.Segment("bad", 30, 10).Metadata.ContentHash.ToString());
        (await scheduler.Host.Log.CountAsync(Cancelled)).ShouldBe(10);
    }

    [Fact]
    public async Task Should_fail_at_once_when_the_peer_shows_another_key()
    {
        await using var store = await OperatorStore.CreateAsync(Backend.Embedded);
        await using var scheduler = await StartAsync(store);
        _peer.Failure = new PeerRefusedException(SyncReasons.PinMismatch, "Peer 'beta' showed key x, y is pinned.");

        var result = await scheduler.Manager.SyncWithPeerAsync("beta", null, Cancelled);

        (result.Status, result.Reason, result.Attempts).ShouldBe((SyncStatus.Failed, SyncReasons.PinMismatch, 1));
    }

    private Task<SchedulerHost> StartAsync(OperatorStore store) => WholeOperator.StartAsync(store, _peer);
}
