using Causality.Contracts;
using Causality.Scheduler.Tests.Hosting;

namespace Causality.Scheduler.Tests.Sagas;

public sealed class When_a_sync_goes_well(SharedScheduler shared) : IClassFixture<SharedScheduler>
{
    private readonly SchedulerHost _scheduler = shared.Scheduler;

    [Fact]
    public async Task Should_go_through_every_step_to_completed_with_true_counts()
    {
        var peer = await _scheduler.AddPeerAsync(new SyncOverrides { BatchSize = 7 });
        var compare = await _scheduler.BeginAsync(peer: peer);
        compare.Peer.Address.ShouldBe($"https://{peer}.example:7443");
        compare.Settings.BatchSize.ShouldBe(7);

        await _scheduler.Host.PublishAsync(compare.Compared(segments: 5));
        var first = await _scheduler.TransferAsync(compare.SyncId, share: 1);
        await _scheduler.Host.PublishAsync(first.Transferred(stored: 2, remaining: 3));
        var second = await _scheduler.TransferAsync(compare.SyncId, share: 2);
        await _scheduler.Host.PublishAsync(second.Transferred(stored: 5));
        var resolve = await _scheduler.ResolveAsync(compare.SyncId);
        resolve.PeerId.ShouldBe(peer);
        await _scheduler.Host.PublishAsync(resolve.Resolved(conflicts: 3));

        var completed = (await _scheduler.Bus.WaitAsync<SyncCompleted>(end => end.SyncId == compare.SyncId, 1, TestContext.Current.CancellationToken))[0];
        completed.PeerId.ShouldBe(peer);
        completed.Result.ShouldBe(new SyncResult
        {
            SyncId = compare.SyncId,
            PeerId = peer,
            Status = SyncStatus.Completed,
            SegmentsSynced = 5,
            EntriesSynced = 50,
            BytesReceived = 5_000,
            Conflicts = 3,
            Attempts = 1,
            StartedAt = _scheduler.Clock.GetUtcNow(),
            CompletedAt = _scheduler.Clock.GetUtcNow(),
        });
        await _scheduler.EndsAsync(compare.SyncId, nameof(SyncCompleted));
        var row = await _scheduler.SyncAsync(compare.SyncId);
        (row.Active, row.DeadlineAt, row.NextAttemptAt, row.SegmentsPlanned, row.BytesPlanned).ShouldBe((false, null, null, 5L, 5_000L));
        (row.LocalRoot, row.RemoteRoot).ShouldBe((StepAnswers.Root, new string('f', 32)));
    }

    [Fact]
    public async Task Should_count_it_for_the_peer()
    {
        var peer = await _scheduler.AddPeerAsync();
        var compare = await _scheduler.BeginAsync(peer: peer);
        await _scheduler.Host.PublishAsync(compare.Compared(inSync: true));
        await _scheduler.ReachesAsync(compare.SyncId, "Skipped");

        var record = await _scheduler.PeerAsync(peer);
        (record.SuccessfulSyncs, record.FailedSyncs, record.LastStatus, record.LastReason, record.LastSyncAt).ShouldBe((1L, 0L, "Skipped", null, _scheduler.Clock.NowMs));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_skip_when_there_is_nothing_to_do(bool rootsAreEqual)
    {
        var compare = await _scheduler.BeginAsync();

        await _scheduler.Host.PublishAsync(compare.Compared(segments: 0, inSync: rootsAreEqual));

        var skipped = (await _scheduler.Bus.WaitAsync<SyncSkipped>(end => end.SyncId == compare.SyncId, 1, TestContext.Current.CancellationToken))[0];
        (skipped.Result.Status, skipped.Result.SegmentsSynced, skipped.Result.Reason).ShouldBe((SyncStatus.Skipped, 0L, null));
        _scheduler.Bus.Of<TransferSegments>(command => command.SyncId == compare.SyncId).ShouldBeEmpty();
        await _scheduler.EndsAsync(compare.SyncId, nameof(SyncSkipped));
    }

    [Fact]
    public async Task Should_tell_that_it_was_accepted_before_anything_else()
    {
        var compare = await _scheduler.BeginAsync();

        var accepted = (await _scheduler.Bus.WaitAsync<SyncAccepted>(event_ => event_.SyncId == compare.SyncId, 1, TestContext.Current.CancellationToken))[0];

        (accepted.PeerId, accepted.At).ShouldBe((compare.Peer.Id, _scheduler.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task Should_publish_progress_at_a_bounded_rate()
    {
        var compare = await _scheduler.BeginAsync();
        await _scheduler.Host.PublishAsync(compare.Compared(segments: 9));
        await _scheduler.TransferAsync(compare.SyncId);
        for (var stored = 1; stored <= 3; stored++)
            await _scheduler.Host.PublishAsync(Progress(compare, stored));
        await _scheduler.ReachesAsync(compare.SyncId, sync => sync.SegmentsSynced == 3, "three segments counted");
        _scheduler.Clock.Advance(TimeSpan.FromSeconds(1));
        await _scheduler.Host.PublishAsync(Progress(compare, 4));

        // The clock stood still until the last one: one event for the beginning of the transfer, one for it.
        var told = await _scheduler.Bus.WaitAsync<SyncProgressed>(event_ => event_.SyncId == compare.SyncId, 2, TestContext.Current.CancellationToken);
        told.ShouldContain(event_ => event_.State == "Transferring" && event_.SegmentsPlanned == 9 && event_.BytesPlanned == 9_000);
        told.Count(event_ => event_.SegmentsSynced is > 0 and < 4).ShouldBe(0);
        told.ShouldContain(event_ => event_.SegmentsSynced == 4 && event_.EntriesSynced == 40 && event_.BytesReceived == 4_000);
    }

    private static SyncStepProgressed Progress(CompareSegments compare, int stored) => new()
    {
        SyncId = compare.SyncId,
        Attempt = compare.Attempt,
        Step = SyncSteps.Transfer,
        SegmentsSynced = stored,
        EntriesSynced = stored * 10,
        BytesReceived = stored * 1_000,
    };
}
