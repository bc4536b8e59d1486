using Causality.Contracts;
using Causality.Storage.Database.Records;
using Causality.TestKit.Fakes;
using Causality.TestKit.Operators;
using Causality.Transfer.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Causality.Transfer.Tests;

/// <summary>The broker hands a command out again, because whoever had it died. It does so a limited number of times.</summary>
public sealed class When_a_command_is_taken_over
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_end_the_share_with_what_the_one_before_has_done()
    {
        // Broke: after twenty kills in one share the command was put aside as one that kills its consumer, and the sync waited for its timeout.
        await using var transfer = await TransferHost.StartAsync();
        var command = await BegunAsync(transfer) with { SegmentsSynced = 1 };

        var answer = await RunAsync(transfer, command, isTakenOver: true);

        (answer.Share, answer.SegmentsSynced, answer.SegmentsRemaining).ShouldBe((1, 2L, 3L));
        transfer.Peer.Asked.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true, 2)] // It comes again, and nothing has moved since it was sent: that is a death that counts.
    [InlineData(false, 1)] // Some is stored, by an earlier attempt perhaps, but nobody has had this command.
    public async Task Should_go_on_where_nobody_has_got_any_further(bool isTakenOver, long storedWhenSent)
    {
        await using var transfer = await TransferHost.StartAsync();
        var command = await BegunAsync(transfer) with { SegmentsSynced = storedWhenSent };

        var answer = await RunAsync(transfer, command, isTakenOver);

        (answer.SegmentsSynced, answer.SegmentsRemaining).ShouldBe((5L, 0L));
        transfer.Peer.Asked.Count.ShouldBe(3);
    }

    private static async Task<SegmentsTransferred> RunAsync(TransferHost transfer, TransferSegments command, bool isTakenOver)
    {
        await transfer.Host.Services.GetRequiredService<PlanShare>().RunAsync(command, isTakenOver, Cancelled);
        return (await transfer.Host.Bus.WaitAsync<SegmentsTransferred>(answer => answer.SyncId == command.SyncId, 1, Cancelled))[0];
    }

    /// <summary>A plan of five segments, of which two are stored.</summary>
    private static async Task<TransferSegments> BegunAsync(TransferHost transfer)
    {
        var syncId = await transfer.PlanAsync(Enumerable.Range(0, 3).Select(number => Samples.Segment($"s-{number}", number * 10, 10, "beta")));
        await transfer.Host.AddToPlanAsync(syncId, PlanSegmentState.Stored, Samples.Segment("t-0", 100, 10, "beta").Metadata, Samples.Segment("t-1", 110, 10, "beta").Metadata);
        return transfer.Command(syncId);
    }
}
