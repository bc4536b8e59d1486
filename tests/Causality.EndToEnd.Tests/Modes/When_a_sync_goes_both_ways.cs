using Causality.EndToEnd.Tests.Crashes;
using Causality.EndToEnd.Tests.Operators;

namespace Causality.EndToEnd.Tests.Modes;

/// <summary>One sync makes both logs equal, as far as the peer lets us write.</summary>
public sealed class When_a_sync_goes_both_ways(TwoOperators operators) : ModeTest(operators)
{
    private const string Both = """{"mode":"Both"}""";

    [Fact]
    public async Task Should_make_both_equal_at_once()
    {
        await LetWriteAsync(true);
        await DifferAsync("both");

        var ending = await OnA.SyncAsync(B.Id, Token, Both);

        (ending.Event, ending.Result.SegmentsSynced, ending.Result.EntriesSynced).ShouldBe(("SyncCompleted", 5L, 20L), ending.Detail);
        await ShouldBeEqualAsync();
        (await OnB.SyncAsync(A.Id, Token)).Event.ShouldBe("SyncSkipped", "the other side has nothing left to fetch");
    }

    [Fact]
    public async Task Should_keep_what_came_when_the_peer_refuses_the_rest_and_name_that()
    {
        await LetWriteAsync(false);
        await DifferAsync("half");

        var ending = await OnA.SyncAsync(B.Id, Token, Both);

        (ending.Event, ending.Reason, ending.Result.SegmentsSynced, ending.Result.EntriesSynced).ShouldBe(("SyncFailed", "peer-refused", 2L, 20L), ending.Detail);
        ending.Result.LeftOut.ShouldNotBeNull().Named.Select(segment => (segment.SegmentId, segment.Direction, segment.Reason))
            .ShouldBe(Enumerable.Range(0, 3).Select(number => (SeededSegments.IdOf(A, "half", number), "out", "peer-refused")));
        (await OnA.SyncAsync(B.Id, Token)).Event.ShouldBe("SyncSkipped", "nothing is left to fetch");
        await ConvergeAsync();
    }

    private async Task DifferAsync(string name)
    {
        await SeededSegments.StoreAsync(A, name, 3, 20, Token);
        await SeededSegments.StoreAsync(B, name, 2, 10, Token);
    }
}
