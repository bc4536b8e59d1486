using Causality.EndToEnd.Tests.Crashes;
using Causality.EndToEnd.Tests.Operators;

namespace Causality.EndToEnd.Tests.Modes;

/// <summary><c>use_differential_sync=false</c>: the peer's list is the plan, and everything on it is taken.</summary>
public sealed class When_nothing_is_compared(TwoOperators operators) : EndToEndTest(operators)
{
    [Fact]
    public async Task Should_take_everything_and_be_new_by_what_was_missing()
    {
        await DifferAsync("everything");
        var theirs = await B.Log.PublishAsync(Token);

        var ending = await OnA.SyncAsync(B.Id, Token, """{"useDifferentialSync":false}""");

        ending.Event.ShouldBe("SyncCompleted", ending.Detail);
        (ending.Result.SegmentsSynced, ending.Result.BytesReceived, ending.Result.EntriesSynced).ShouldBe((theirs.Segments, theirs.SizeBytes, 10L));
        await ConvergeAsync();
    }

    [Fact]
    public async Task Should_take_only_what_is_missing_where_logs_are_compared()
    {
        await DifferAsync("difference");

        var ending = await OnA.SyncAsync(B.Id, Token, """{"useDifferentialSync":true}""");

        (ending.Event, ending.Result.SegmentsSynced, ending.Result.EntriesSynced).ShouldBe(("SyncCompleted", 1L, 10L), ending.Detail);
        await ConvergeAsync();
    }

    /// <summary>Both hold three segments, the peer one more.</summary>
    private async Task DifferAsync(string name)
    {
        await SeededSegments.StoreAsync(B, name + "-shared", 3, 10, Token);
        await ConvergeAsync();
        await SeededSegments.StoreAsync(B, name + "-missing", 1, 10, Token);
    }
}
