using Causality.Contracts;
using Causality.Storage.Database;
using Causality.Storage.Database.Records;
using Causality.TestKit.Fakes;
using Causality.Transfer.Tests.Hosting;

namespace Causality.Transfer.Tests;

public sealed class When_a_process_is_asked_to_stop
{
    private static readonly SyncSettings OneRequest = new() { BatchSize = 400 };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_store_what_has_come_whole_and_have_only_the_rest_sent_afterwards()
    {
        // Broke: what was received and not yet worth a commit was dropped, and came again.
        await using var transfer = await TransferHost.StartAsync();
        var syncId = await BeginAsync(transfer);

        await transfer.RestartAsync();

        (await transfer.RowsAsync(syncId)).Values.Where(row => row.State == PlanSegmentState.Stored).Select(row => row.SegmentId).ShouldBe(["s-0", "s-1", "s-2", "s-3"], ignoreOrder: true);
        (await transfer.Host.Log.CountAsync(Cancelled)).ShouldBe(40);
        var answer = await transfer.TransferAsync(transfer.Command(syncId, OneRequest));
        (answer.SegmentsSynced, answer.EntriesSynced).ShouldBe((6L, 60L));
        transfer.Peer.Asked.ShouldBe(["s-0", "s-1", "s-2", "s-3", "s-4", "s-5"], "none is sent twice");
    }

    [Fact]
    public async Task Should_store_nothing_for_an_attempt_that_is_given_up()
    {
        await using var transfer = await TransferHost.StartAsync();
        var syncId = await BeginAsync(transfer);
        await transfer.Host.ChangeAsync(database => database.StopAsync(syncId, attempt: 1, Cancelled));

        await transfer.RestartAsync();

        (await transfer.RowsAsync(syncId)).Values.ShouldAllBe(row => row.State == PlanSegmentState.Pending);
        (await transfer.Host.Log.CountAsync(Cancelled)).ShouldBe(0);
    }

    /// <summary>Begins a sync of six segments, of which four come; the others do not.</summary>
    private static async Task<Guid> BeginAsync(TransferHost transfer)
    {
        var syncId = await transfer.PlanAsync(Enumerable.Range(0, 6).Select(number => Samples.Segment($"s-{number}", number * 10, 10, "beta")));
        transfer.Peer.StallNextFetchAfter = 4;
        await transfer.Host.PublishAsync(transfer.Command(syncId, OneRequest));
        await transfer.Peer.Stalled.WaitAsync(Cancelled);
        return syncId;
    }
}
