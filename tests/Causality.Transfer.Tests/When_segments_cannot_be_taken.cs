using Causality.Contracts;
using Causality.Core;
using Causality.Protocol;
using Causality.Storage.Database.Records;
using Causality.TestKit.Fakes;
using Causality.Transfer.Tests.Hosting;

namespace Causality.Transfer.Tests;

public sealed class When_segments_cannot_be_taken
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_store_the_others_and_fail_with_both_hashes()
    {
        await using var transfer = await TransferHost.StartAsync();
        var bad = Samples.Segment("bad", 10, 10, "beta");
        var syncId = await transfer.PlanAsync(Samples.Segment("a", 0, 10, "beta"), bad, Samples.Segment("c", 20, 10, "beta"));
        transfer.Peer.Altered.Add("bad");

        var failed = await transfer.FailAsync(transfer.Command(syncId));

        (failed.Reason, failed.Retryable, failed.SegmentsSynced, failed.EntriesSynced).ShouldBe((SyncReasons.ContentHashMismatch, true, 2L, 20L));
        failed.BytesReceived.ShouldBe((await transfer.RowsAsync(syncId)).Values.Sum(row => row.SizeBytes));
        failed.Detail.ShouldContain($"expected content hash {bad.Metadata.ContentHash}, found ");
        var row = (await transfer.RowsAsync(syncId))["bad"];
        (row.State, row.Reason, row.Detail).ShouldBe((PlanSegmentState.Failed, SyncReasons.ContentHashMismatch, failed.Detail));
        (await transfer.Host.Log.ExportSegmentAsync(bad.Metadata.Id, Cancelled)).ShouldBeNull();
        (await transfer.Host.Log.CountAsync(Cancelled)).ShouldBe(20);
    }

    [Fact]
    public async Task Should_settle_a_batch_in_which_every_segment_failed()
    {
        await using var transfer = await TransferHost.StartAsync();
        var syncId = await transfer.PlanAsync(Samples.Segment("a", 0, 10, "beta"), Samples.Segment("b", 10, 10, "beta"));
        transfer.Peer.Altered.UnionWith(["a", "b"]);

        var failed = await transfer.FailAsync(transfer.Command(syncId));

        (await transfer.RowsAsync(syncId)).Values.ShouldAllBe(row => row.State == PlanSegmentState.Failed && row.BytesReceived == row.SizeBytes);
        failed.Detail.ShouldContain("2 segments failed; this is the first.");
        failed.SegmentsSynced.ShouldBe(0);
    }

    [Fact]
    public async Task Should_fail_only_the_segment_whose_union_is_over_the_limits()
    {
        // Broke: one such segment failed the whole batch, at every attempt, and its row did not say why.
        await using var transfer = await TransferHost.StartAsync();
        const int half = (SegmentLimits.MaxEntries / 2) + 1;
        await transfer.Host.Log.ImportSegmentAsync(Samples.Segment("full", 0, half), Cancelled);
        var syncId = await transfer.PlanAsync(Samples.Segment("a", 0, 10, "beta"), Samples.Segment("full", half, half, "beta"), Samples.Segment("z", 20, 10, "beta"));

        var failed = await transfer.FailAsync(transfer.Command(syncId, new SyncSettings { BatchSize = 1_000_000 }));

        (failed.Reason, failed.Retryable, failed.SegmentsSynced, failed.EntriesSynced).ShouldBe((SyncReasons.SegmentTooLarge, false, 2L, 20L));
        var rows = await transfer.RowsAsync(syncId);
        (rows["a"].State, rows["full"].State, rows["z"].State).ShouldBe((PlanSegmentState.Stored, PlanSegmentState.Failed, PlanSegmentState.Stored));
        rows["full"].Detail.ShouldNotBeNull().ShouldContain("union with our copy");
        (await transfer.Host.Log.GetSegmentMetadataAsync([new SegmentId("full")], Cancelled))[0].EntryCount.ShouldBe(half);
    }

    [Fact]
    public async Task Should_call_silence_about_wanted_segments_a_breach_of_the_protocol()
    {
        // Broke: rows that nobody answered for stayed pending and were asked for again without end.
        await using var transfer = await TransferHost.StartAsync();
        var syncId = await transfer.PlanAsync(Samples.Segment("a", 0, 10, "beta"), Samples.Segment("b", 10, 10, "beta"));
        transfer.Peer.WithholdAfter = 1;

        var failed = await transfer.FailAsync(transfer.Command(syncId));

        (failed.Reason, failed.Retryable).ShouldBe((SyncReasons.ProtocolViolation, false));
        failed.Detail.ShouldContain("1 of the 2");
        (await transfer.RowsAsync(syncId))["a"].State.ShouldBe(PlanSegmentState.Stored);
    }

    [Fact]
    public async Task Should_call_our_own_disk_a_matter_for_a_retry_and_take_it_up_again()
    {
        await using var transfer = await TransferHost.StartAsync();
        var syncId = await transfer.PlanAsync(Samples.Segment("a", 0, 10, "beta"));
        await transfer.Host.Log.ImportSegmentAsync(Samples.Segment("first", 50, 1), Cancelled);
        var blobs = Directory.GetDirectories(transfer.Folder, "sha256", SearchOption.AllDirectories).Single();
        Directory.Delete(blobs, recursive: true);
        await File.WriteAllTextAsync(blobs, "in the way", Cancelled);

        var failed = await transfer.FailAsync(transfer.Command(syncId));
        (failed.Reason, failed.Retryable, failed.SegmentsSynced).ShouldBe((SyncReasons.StorageFailed, true, 0L));
        (await transfer.RowsAsync(syncId))["a"].State.ShouldBe(PlanSegmentState.Pending);
        File.Delete(blobs);
        Directory.CreateDirectory(blobs);

        (await transfer.TransferAsync(transfer.Command(syncId, attempt: 2))).SegmentsSynced.ShouldBe(1);
    }

    [Fact]
    public async Task Should_say_that_a_peer_which_refuses_is_not_worth_a_retry()
    {
        await using var transfer = await TransferHost.StartAsync();
        var syncId = await transfer.PlanAsync(Samples.Segment("a", 0, 10, "beta"));
        transfer.Peer.Failure = new PeerRefusedException(SyncReasons.PeerRefused, "Peer 'beta' does not let us read.");

        var failed = await transfer.FailAsync(transfer.Command(syncId));

        (failed.Reason, failed.Retryable).ShouldBe((SyncReasons.PeerRefused, false));
    }
}
