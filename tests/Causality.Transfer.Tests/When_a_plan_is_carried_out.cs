using Causality.Contracts;
using Causality.Core;
using Causality.Storage.Database.Records;
using Causality.TestKit.Fakes;
using Causality.TestKit.Operators;
using Causality.Transfer.Tests.Hosting;

namespace Causality.Transfer.Tests;

public sealed class When_a_plan_is_carried_out
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Backend.Embedded)]
    [InlineData(Backend.PostgreSql)]
    public async Task Should_store_everything_oldest_first_in_batches_and_count_it(Backend backend)
    {
        Assert.SkipUnless(OperatorStore.IsAvailable(backend), OperatorStore.Missing);
        await using var transfer = await TransferHost.StartAsync(backend);
        await transfer.Host.Log.ImportSegmentAsync(Samples.Segment("s-3", 30, 5), Cancelled);
        var segments = Enumerable.Range(0, 8).Select(number => Samples.Segment($"s-{number}", number * 10, 10, "beta")).ToList();
        var syncId = await transfer.PlanAsync(segments);

        var answer = await transfer.TransferAsync(transfer.Command(syncId, new SyncSettings { BatchSize = 25 }));

        answer.ShouldBe(new SegmentsTransferred
        {
            SyncId = syncId,
            Attempt = 1,
            Share = 1,
            SegmentsRemaining = 0,
            SegmentsGone = 0,
            SegmentsSynced = 8,
            EntriesSynced = 75,
            BytesReceived = segments.Sum(segment => (long)segment.Content.Length),
            Remaining = new RemainingWork { Segments = 0, Entries = 0, Bytes = 0 },
        });
        transfer.Peer.Asked.ShouldBe(segments.Select(segment => segment.Metadata.Id.Value), ignoreOrder: true);
        (await transfer.RowsAsync(syncId)).Values.ShouldAllBe(row => row.State == PlanSegmentState.Stored && row.Reason == null && row.EntriesAdded == (row.SegmentId == "s-3" ? 5 : 10));
        (await transfer.Host.Log.CountAsync(Cancelled)).ShouldBe(80);
    }

    [Fact]
    public async Task Should_answer_alike_and_fetch_nothing_when_asked_again()
    {
        await using var transfer = await TransferHost.StartAsync();
        var command = transfer.Command(await transfer.PlanAsync(Samples.Segment("s", 0, 10, "beta")));
        var first = await transfer.TransferAsync(command);

        await transfer.Host.PublishAsync(command);
        var second = (await transfer.Host.Bus.WaitAsync<SegmentsTransferred>(answer => answer.SyncId == command.SyncId, 2, Cancelled))[1];

        second.ShouldBe(first);
        transfer.Peer.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Should_take_segments_whose_hashes_come_with_their_contents_among_others()
    {
        await using var transfer = await TransferHost.StartAsync();
        var segments = Enumerable.Range(0, 4).Select(number => Samples.Segment($"s-{number}", number * 10, 10, "beta")).ToList();
        foreach (var segment in segments)
            await transfer.Peer.Log.ImportSegmentAsync(segment, Cancelled);
        var syncId = Guid.NewGuid();
        var grown = segments[3].Metadata with { ContentHash = default, SizeBytes = segments[3].Metadata.SizeBytes - 1 };
        await transfer.Host.AddToPlanAsync(
            syncId, PlanSegmentState.Pending, segments[0].Metadata with { ContentHash = default }, segments[1].Metadata, segments[2].Metadata with { ContentHash = default }, grown);

        var answer = await transfer.TransferAsync(transfer.Command(syncId));

        (answer.SegmentsSynced, answer.EntriesSynced, answer.SegmentsGone, answer.SegmentsRemaining).ShouldBe((3L, 30L, 1L, 0L));
        foreach (var segment in segments[..3])
            (await transfer.Host.Log.ExportSegmentAsync(segment.Metadata.Id, Cancelled))!.Metadata.ShouldBe(segment.Metadata);
        (await transfer.RowsAsync(syncId))["s-3"].State.ShouldBe(PlanSegmentState.Superseded);
    }

    [Fact]
    public async Task Should_fetch_only_the_rest_after_a_break()
    {
        await using var transfer = await TransferHost.StartAsync();
        var syncId = await transfer.PlanAsync(Enumerable.Range(0, 6).Select(number => Samples.Segment($"s-{number}", number * 10, 10, "beta")));
        transfer.Peer.BreakNextFetchAfter = 4;

        var failed = await transfer.FailAsync(transfer.Command(syncId, new SyncSettings { BatchSize = 400 }));
        (failed.Step, failed.Reason, failed.Retryable).ShouldBe((SyncSteps.Transfer, SyncReasons.PeerUnavailable, true));
        (await transfer.RowsAsync(syncId)).Values.Count(row => row.State == PlanSegmentState.Stored).ShouldBe(4, "what came in whole is kept");
        var answer = await transfer.TransferAsync(transfer.Command(syncId, attempt: 2));

        (answer.SegmentsSynced, answer.EntriesSynced).ShouldBe((6L, 60L));
        transfer.Peer.Asked.ShouldBe(["s-0", "s-1", "s-2", "s-3", "s-4", "s-5"]);
    }

    [Fact]
    public async Task Should_pass_on_what_has_changed_or_gone_at_the_peer()
    {
        await using var transfer = await TransferHost.StartAsync();
        var syncId = await transfer.PlanAsync(Samples.Segment("grows", 0, 10, "beta"), Samples.Segment("goes", 20, 10, "beta"), Samples.Segment("stays", 40, 10, "beta"));
        await transfer.Peer.Log.ImportSegmentAsync(Samples.Segment("grows", 5, 10, "beta"), Cancelled);
        transfer.Peer.Vanished.Add("goes");

        var answer = await transfer.TransferAsync(transfer.Command(syncId));

        (answer.SegmentsGone, answer.SegmentsSynced, answer.SegmentsRemaining).ShouldBe((2L, 1L, 0L));
        var rows = await transfer.RowsAsync(syncId);
        (rows["grows"].State, rows["goes"].State, rows["stays"].State).ShouldBe((PlanSegmentState.Superseded, PlanSegmentState.Superseded, PlanSegmentState.Stored));
    }

    [Fact]
    public async Task Should_answer_for_a_plan_without_rows()
    {
        await using var transfer = await TransferHost.StartAsync();

        var answer = await transfer.TransferAsync(transfer.Command(Guid.NewGuid()));

        (answer.SegmentsRemaining, answer.SegmentsSynced).ShouldBe((0L, 0L));
    }

    [Fact]
    public async Task Should_carry_out_a_plan_of_more_rows_than_one_request_takes()
    {
        await using var transfer = await TransferHost.StartAsync();
        var syncId = await transfer.PlanAsync([.. Enumerable.Range(0, 1_100).Select(number => Samples.Segment($"s-{number:D4}", number, 1, "beta"))]);

        var answer = await transfer.TransferAsync(transfer.Command(syncId));

        (answer.SegmentsSynced, answer.EntriesSynced, answer.SegmentsRemaining).ShouldBe((1_100L, 1_100L, 0L));
    }
}
