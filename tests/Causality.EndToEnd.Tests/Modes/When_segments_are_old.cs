using Causality.Contracts;
using Causality.EndToEnd.Tests.Crashes;
using Causality.EndToEnd.Tests.Operators;

namespace Causality.EndToEnd.Tests.Modes;

/// <summary><c>max_segment_age</c> leaves old segments where they are, and says so.</summary>
public sealed class When_segments_are_old(TwoOperators operators) : EndToEndTest(operators)
{
    private const long InTheYear2020 = 1_600_000_000_000;
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);

    [Fact]
    public async Task Should_take_the_young_ones_and_name_the_others()
    {
        await ConvergeAsync();
        await SeededSegments.StoreAsync(B, "old", 2, 10, Token, InTheYear2020);
        await SeededSegments.StoreAsync(B, "young", 1, 10, Token, TimeProvider.System.GetUtcNow().AddHours(-1).ToUnixTimeMilliseconds());
        var limit = $$"""{"maxSegmentAgeMs":{{Month.TotalMilliseconds}}}""";

        var ending = await OnA.SyncAsync(B.Id, Token, limit);

        (ending.Event, ending.Result.SegmentsSynced, ending.Result.EntriesSynced).ShouldBe(("SyncCompleted", 1L, 10L), ending.Detail);
        var leftOut = ending.Result.LeftOut.ShouldNotBeNull();
        leftOut.Named.Select(segment => (segment.SegmentId, segment.Direction, segment.Reason))
            .ShouldBe(Enumerable.Range(0, 2).Select(number => (SeededSegments.IdOf(B, "old", number), "in", "segment-too-old")));
        (await A.Control.ExplainAsync(B.Id, new SyncOverrides { MaxSegmentAgeMs = (long)Month.TotalMilliseconds }, Token))
            .ShouldBe(leftOut.Named.Select(segment => (segment.SegmentId, segment.Direction, (string?)segment.Reason)));

        var again = await OnA.SyncAsync(B.Id, Token, limit);
        (again.Event, again.Result.LeftOut?.Segments).ShouldBe(("SyncSkipped", 2L), "nothing to do is not nothing left out");
        var without = await OnA.SyncAsync(B.Id, Token);
        (without.Event, without.Result.EntriesSynced, without.Result.LeftOut).ShouldBe(("SyncCompleted", 20L, null), without.Detail);
        await ConvergeAsync();
    }
}
