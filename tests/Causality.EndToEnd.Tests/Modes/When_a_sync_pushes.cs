using Causality.Contracts;
using Causality.EndToEnd.Tests.Crashes;
using Causality.EndToEnd.Tests.Operators;

namespace Causality.EndToEnd.Tests.Modes;

/// <summary>What we have goes to the peer, as far as it lets us write.</summary>
public sealed class When_a_sync_pushes(TwoOperators operators) : ModeTest(operators)
{
    private const string Push = """{"mode":"Push"}""";

    [Fact]
    public async Task Should_send_what_the_peer_lacks_and_take_nothing()
    {
        await LetWriteAsync(true);
        await SeededSegments.StoreAsync(A, "pushed", 3, 20, Token);
        await SeededSegments.StoreAsync(B, "kept", 2, 10, Token);
        var (a, b) = (await A.Log.PublishAsync(Token), await B.Log.PublishAsync(Token));

        var ending = await OnA.SyncAsync(B.Id, Token, Push);

        (ending.Event, ending.Result.SegmentsSynced, ending.Result.EntriesSynced, ending.Result.BytesReceived).ShouldBe(("SyncCompleted", 3L, 0L, 0L), ending.Detail);
        ending.Result.LeftOut.ShouldBeNull();
        (await A.Control.FindAsync(ending.SyncId, Token)).Remaining.ShouldBe(new RemainingWork { Segments = 0, Entries = 0, Bytes = 0 });
        (await A.Log.ReadHeadAsync(Token)).Root.ShouldBe(a.Root, "a push takes nothing");
        (await B.Log.PublishAsync(Token)).Entries.ShouldBe(b.Entries + 60);
        (await OnA.SyncAsync(B.Id, Token, Push)).Event.ShouldBe("SyncSkipped");
        await ConvergeAsync();
    }

    [Fact]
    public async Task Should_name_what_a_peer_refuses_that_does_not_let_us_write()
    {
        await LetWriteAsync(false);
        await SeededSegments.StoreAsync(A, "refused", 3, 20, Token);
        var before = await B.Log.PublishAsync(Token);

        var ending = await OnA.SyncAsync(B.Id, Token, Push);

        (ending.Event, ending.Reason, ending.Result.Attempts, ending.Result.SegmentsSynced).ShouldBe(("SyncFailed", "peer-refused", 1, 0L), ending.Detail);
        var leftOut = ending.Result.LeftOut.ShouldNotBeNull();
        leftOut.Named.Select(segment => (segment.SegmentId, segment.Direction, segment.Reason))
            .ShouldBe(Enumerable.Range(0, 3).Select(number => (SeededSegments.IdOf(A, "refused", number), "out", "peer-refused")));
        (leftOut.Segments, leftOut.ByReason.Single().Entries).ShouldBe((3L, 60L));
        (await A.Control.ExplainAsync(B.Id, new SyncOverrides { Mode = SyncMode.Push }, Token)).ShouldBe(leftOut.Named.Select(segment => (segment.SegmentId, segment.Direction, (string?)segment.Reason)));
        (await B.Log.ReadHeadAsync(Token)).Root.ShouldBe(before.Root);
        await ConvergeAsync();
    }
}
