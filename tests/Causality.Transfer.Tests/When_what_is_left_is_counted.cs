using Causality.Contracts;
using Causality.Core;
using Causality.Protocol;
using Causality.Storage.Database.Records;
using Causality.TestKit.Fakes;
using Causality.TestKit.Operators;
using Causality.Transfer.Tests.Hosting;

namespace Causality.Transfer.Tests;

public sealed class When_what_is_left_is_counted
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_count_what_did_not_come_and_reach_zero_when_it_has()
    {
        await using var transfer = await TransferHost.StartAsync();
        var segments = Enumerable.Range(0, 6).Select(number => Samples.Segment($"s-{number}", number * 10, 10, "beta")).ToList();
        var syncId = await transfer.PlanAsync(segments);
        transfer.Peer.BreakNextFetchAfter = 4;

        (await transfer.FailAsync(transfer.Command(syncId))).Remaining.ShouldBe(Left(segments[4..]));

        (await transfer.TransferAsync(transfer.Command(syncId, attempt: 2))).Remaining.ShouldBe(Left([]));
    }

    [Theory]
    [InlineData(Backend.Embedded)]
    [InlineData(Backend.PostgreSql)]
    public async Task Should_count_of_parts_their_share_and_nothing_of_what_the_settings_leave_out(Backend backend)
    {
        Assert.SkipUnless(OperatorStore.IsAvailable(backend), OperatorStore.Missing);
        await using var transfer = await TransferHost.StartAsync(backend);
        var (part, whole, old) = (Samples.Segment("part", 0, 50, "beta"), Samples.Segment("whole", 100, 5, "beta"), Samples.Segment("old", 200, 5, "beta"));
        var syncId = Guid.NewGuid();
        await transfer.Host.AddToPlanAsync(syncId, part.Metadata, [part.KeyAt(3).Hash, part.KeyAt(4).Hash], PlanDirection.In);
        await transfer.Host.AddToPlanAsync(syncId, PlanSegmentState.Pending, whole.Metadata);
        await transfer.Host.AddToPlanAsync(syncId, PlanSegmentState.Excluded, old.Metadata);
        transfer.Peer.FailNext(Away(), Away());

        var failed = await transfer.FailAsync(transfer.Command(syncId));

        failed.Remaining.ShouldBe(new RemainingWork { Segments = 2, Entries = 7, Bytes = (part.Metadata.SizeBytes / 50 * 2) + whole.Metadata.SizeBytes });
    }

    [Fact]
    public async Task Should_count_what_another_attempt_would_try_again_and_not_what_it_would_not()
    {
        await using var transfer = await TransferHost.StartAsync();
        var (bad, gone, good) = (Samples.Segment("bad", 0, 10, "beta"), Samples.Segment("gone", 10, 10, "beta"), Samples.Segment("good", 20, 10, "beta"));
        var syncId = await transfer.PlanAsync(bad, gone, good);
        transfer.Peer.Altered.Add("bad");
        transfer.Peer.Vanished.Add("gone");
        await transfer.Host.Log.ImportSegmentAsync(Samples.Segment("refused", 30, 10), Cancelled);
        await transfer.Host.AddToPlanAsync(syncId, Samples.Segment("refused", 30, 10).Metadata, null, PlanDirection.Out);
        transfer.Peer.Refused["refused"] = SyncReasons.PeerRefused;

        (await transfer.FailAsync(transfer.Command(syncId))).Remaining.ShouldBe(Left([bad, gone]));
    }

    [Fact]
    public async Task Should_tell_it_on_the_way_out_as_well_and_never_more_than_before()
    {
        await using var transfer = await TransferHost.StartAsync();
        var syncId = Guid.NewGuid();
        for (var number = 0; number < 130; number++)
        {
            var segment = Samples.Segment($"s-{number:000}", number, 1);
            await transfer.Host.Log.ImportSegmentAsync(segment, Cancelled);
            await transfer.Host.AddToPlanAsync(syncId, segment.Metadata, null, PlanDirection.Out);
        }

        await transfer.TransferAsync(transfer.Command(syncId));

        // One report for each group of 64.
        var told = await transfer.Host.Bus.WaitAsync<SyncStepProgressed>(progress => progress.SyncId == syncId, 3, Cancelled);
        told.Select(progress => progress.Remaining!.Segments).ShouldBe([66L, 2L, 0L], ignoreOrder: true);
        told.Select(progress => progress.Remaining!.Entries).ShouldBe([66L, 2L, 0L], ignoreOrder: true);
    }

    private static PeerUnavailableException Away() => new(SyncReasons.PeerUnavailable, "Peer 'beta' is away.");

    private static RemainingWork Left(IReadOnlyCollection<LogSegment> segments) => new()
    {
        Segments = segments.Count,
        Entries = segments.Sum(segment => (long)segment.Count),
        Bytes = segments.Sum(segment => (long)segment.Content.Length),
    };
}
