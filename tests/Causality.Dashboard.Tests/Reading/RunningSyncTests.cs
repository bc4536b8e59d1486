using Causality.Scheduler.Dashboard.Overview;
using Causality.Scheduler.StateMachines;

namespace Causality.Dashboard.Tests.Reading;

public sealed class RunningSyncTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeMilliseconds(1_800_000_000_000);

    [Fact]
    public void What_is_done_goes_by_the_plan_though_nothing_was_received()
    {
        // Broke: a sync that sends stood at 0 % to its end.
        var running = RunningSync.Of(Sync(remaining: 250), Now);

        (running.Percent, running.Left!.Bytes, running.Remaining).ShouldBe((75, 250L, TimeSpan.FromSeconds(1)), "750 of 1,000 bytes took three seconds");
    }

    [Fact]
    public void Before_there_is_a_plan_nobody_knows()
    {
        var running = RunningSync.Of(Sync(remaining: null), Now);

        (running.Percent, running.Left, running.Remaining).ShouldBe((null, null, null));
    }

    [Theory]
    [InlineData(0, 100)]
    [InlineData(1_000, 0)]
    [InlineData(2_000, 0)] // The peer has more by now than was planned.
    public void Hundredths_stay_hundredths(long remaining, int percent) => RunningSync.Of(Sync(remaining), Now).Percent.ShouldBe(percent);

    private static SyncState Sync(long? remaining) => new()
    {
        CurrentState = nameof(SyncStateMachine.Transferring),
        BytesPlanned = 1_000,
        SegmentsRemaining = remaining,
        EntriesRemaining = remaining,
        BytesRemaining = remaining,
        TransferStartedAt = Now.AddSeconds(-3).ToUnixTimeMilliseconds(),
    };
}
