using Causality.Contracts;
using Causality.Core;
using Causality.Storage.Database.Records;
using Causality.TestKit.Fakes;
using Causality.TestKit.Operators;
using Causality.Transfer.Tests.Hosting;

namespace Causality.Transfer.Tests;

public sealed class When_only_entries_are_wanted
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_unite_them_with_our_copies_and_fetch_nothing_else()
    {
        await using var transfer = await TransferHost.StartAsync();
        var (one, two) = (Samples.Segment("one", 0, 50, "beta"), Samples.Segment("two", 100, 50, "beta"));
        var syncId = await PlanAsync(transfer, (one, [7, 8]), (two, [49]));

        var answer = await transfer.TransferAsync(transfer.Command(syncId));

        (answer.SegmentsSynced, answer.EntriesSynced, answer.SegmentsRemaining, answer.SegmentsGone).ShouldBe((2L, 3L, 0L, 0L));
        answer.BytesReceived.ShouldBe(one.LineAt(7).Length + one.LineAt(8).Length + two.LineAt(49).Length + 3);
        (await transfer.Host.Log.ExportSegmentAsync(new SegmentId("one"), Cancelled))!.Metadata.ContentHash.ShouldBe(one.Metadata.ContentHash);
        (await transfer.Host.Log.ExportSegmentAsync(new SegmentId("two"), Cancelled))!.Metadata.ContentHash.ShouldBe(two.Metadata.ContentHash);
    }

    [Fact]
    public async Task Should_keep_those_that_came_and_have_the_rest_compared_again()
    {
        await using var transfer = await TransferHost.StartAsync();
        var one = Samples.Segment("one", 0, 50, "beta");
        await PlanAsync(transfer, (one, [7]));
        var syncId = Guid.NewGuid();
        await transfer.Host.AddToPlanAsync(syncId, one.Metadata, [one.KeyAt(7).Hash, ContentHash.Of("strange"u8)]);

        var answer = await transfer.TransferAsync(transfer.Command(syncId));

        (answer.SegmentsSynced, answer.SegmentsGone, answer.EntriesSynced).ShouldBe((0L, 1L, 1L));
        var row = (await transfer.RowsAsync(syncId))["one"];
        (row.State, row.EntriesAdded).ShouldBe((PlanSegmentState.Superseded, 1L));
        row.Detail.ShouldNotBeNull().ShouldContain("1 of the 2 entries");
    }

    // The peer has all of a segment, we have all but the entries that are planned.
    private static async Task<Guid> PlanAsync(TransferHost transfer, params (LogSegment Segment, int[] Wanted)[] rows)
    {
        var syncId = Guid.NewGuid();
        foreach (var (segment, wanted) in rows)
        {
            await transfer.Peer.Log.ImportSegmentAsync(segment, Cancelled);
            await transfer.Host.Log.ImportSegmentAsync(
                LogSegment.FromEntries(segment.Metadata.Id, segment.Metadata.Origin, Enumerable.Range(0, segment.Count).Except(wanted).Select(segment.EntryAt)), Cancelled);
            await transfer.Host.AddToPlanAsync(syncId, segment.Metadata, wanted.Select(index => segment.KeyAt(index).Hash));
        }

        return syncId;
    }
}
