using Causality.Contracts;
using Causality.Core;
using Causality.Protocol;
using Causality.Storage.Database.Records;
using Causality.TestKit.Fakes;
using Causality.TestKit.Operators;
using Causality.Transfer.Tests.Hosting;

namespace Causality.Transfer.Tests;

public sealed class When_segments_are_sent
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_send_whole_segments_and_parts_and_settle_their_rows()
    {
        await using var transfer = await TransferHost.StartAsync();
        var (whole, part) = (Samples.Segment("whole", 0, 50), Samples.Segment("part", 100, 50));
        var syncId = await PlanAsync(transfer, (whole, null), (part, [3, 4]));

        var answer = await transfer.TransferAsync(transfer.Command(syncId));

        (answer.SegmentsSynced, answer.SegmentsRemaining, answer.BytesReceived).ShouldBe((2L, 0L, 0L));
        (await transfer.Peer.Log.ExportSegmentAsync(whole.Metadata.Id, Cancelled))!.Metadata.ShouldBe(whole.Metadata);
        (await transfer.Peer.Log.ExportSegmentAsync(part.Metadata.Id, Cancelled))!.Count.ShouldBe(2);
        (await transfer.RowsAsync(syncId)).Values.ShouldAllBe(row => row.State == PlanSegmentState.Stored && row.EntriesAdded == (row.SegmentId == "whole" ? 50 : 2));
    }

    [Fact]
    public async Task Should_name_what_the_peer_refuses_and_send_the_rest()
    {
        await using var transfer = await TransferHost.StartAsync();
        var syncId = await PlanAsync(transfer, (Samples.Segment("bad", 0, 5), null), (Samples.Segment("good", 10, 5), null));
        transfer.Peer.Refused["bad"] = SyncReasons.SegmentTooLarge;

        var failed = await transfer.FailAsync(transfer.Command(syncId));

        (failed.Reason, failed.Retryable, failed.SegmentsSynced).ShouldBe((SyncReasons.SegmentTooLarge, false, 1L));
        var rows = await transfer.RowsAsync(syncId);
        (rows["bad"].State, rows["bad"].Reason, rows["good"].State).ShouldBe((PlanSegmentState.Failed, SyncReasons.SegmentTooLarge, PlanSegmentState.Stored));
    }

    [Theory]
    [InlineData(Backend.Embedded)]
    [InlineData(Backend.PostgreSql)]
    public async Task Should_not_send_the_whole_log_to_a_peer_that_does_not_let_us_write(Backend backend)
    {
        // Broke: every segment was sent to be refused, at every sync.
        Assert.SkipUnless(OperatorStore.IsAvailable(backend), OperatorStore.Missing);
        await using var transfer = await TransferHost.StartAsync(backend);
        var segments = Enumerable.Range(0, 100).Select(number => Samples.Segment($"s-{number:000}", number, 1)).ToList();
        var syncId = await PlanAsync(transfer, [.. segments.Select(segment => (segment, (int[]?)null))]);
        segments.ForEach(segment => transfer.Peer.Refused[segment.Metadata.Id.Value] = SyncReasons.PeerRefused);

        var failed = await transfer.FailAsync(transfer.Command(syncId));

        (failed.Reason, failed.Retryable, transfer.Peer.Sent).ShouldBe((SyncReasons.PeerRefused, false, 64), "one group");
        (await transfer.RowsAsync(syncId)).Values.ShouldAllBe(row => row.State == PlanSegmentState.Failed && row.Reason == SyncReasons.PeerRefused && row.Detail != null);
    }

    [Fact]
    public async Task Should_go_on_after_a_group_of_which_some_came_through()
    {
        await using var transfer = await TransferHost.StartAsync();
        var segments = Enumerable.Range(0, 100).Select(number => Samples.Segment($"s-{number:000}", number, 1)).ToList();
        var syncId = await PlanAsync(transfer, [.. segments.Select(segment => (segment, (int[]?)null))]);
        segments[..63].ForEach(segment => transfer.Peer.Refused[segment.Metadata.Id.Value] = SyncReasons.PeerRefused);

        (await transfer.FailAsync(transfer.Command(syncId))).SegmentsSynced.ShouldBe(37);

        transfer.Peer.Sent.ShouldBe(100);
    }

    [Fact]
    public async Task Should_wait_when_the_peer_asks_for_it_and_go_on()
    {
        await using var transfer = await TransferHost.StartAsync();
        var out_ = await PlanAsync(transfer, (Samples.Segment("out", 0, 5), null));
        var in_ = await transfer.PlanAsync(Samples.Segment("in", 10, 5, "beta"));
        transfer.Peer.FailNext(Overloaded(), Overloaded());
        (await transfer.TransferAsync(transfer.Command(out_))).SegmentsSynced.ShouldBe(1);

        transfer.Peer.FailNext(Overloaded(), Overloaded());
        (await transfer.TransferAsync(transfer.Command(in_))).SegmentsSynced.ShouldBe(1);
    }

    [Fact]
    public async Task Should_fail_the_attempt_when_the_peer_asks_for_more_than_the_syncs_timeout()
    {
        await using var transfer = await TransferHost.StartAsync();
        var syncId = await transfer.PlanAsync(Samples.Segment("in", 10, 5, "beta"));
        transfer.Peer.FailNext(new PeerUnavailableException(SyncReasons.PeerOverloaded, "Peer 'beta' asks us to wait.", TimeSpan.FromHours(1)));

        var failed = await transfer.FailAsync(transfer.Command(syncId));

        (failed.Reason, failed.Retryable, failed.RetryAfterMs).ShouldBe((SyncReasons.PeerOverloaded, true, 3_600_000L));
    }

    private static PeerUnavailableException Overloaded() => new(SyncReasons.PeerOverloaded, "Peer 'beta' asks us to wait.", TimeSpan.FromMilliseconds(20));

    private static async Task<Guid> PlanAsync(TransferHost transfer, params (LogSegment Segment, int[]? Wanted)[] rows)
    {
        var syncId = Guid.NewGuid();
        foreach (var (segment, wanted) in rows)
        {
            await transfer.Host.Log.ImportSegmentAsync(segment, Cancelled);
            await transfer.Host.AddToPlanAsync(syncId, segment.Metadata, wanted?.Select(index => segment.KeyAt(index).Hash), PlanDirection.Out);
        }

        return syncId;
    }
}
