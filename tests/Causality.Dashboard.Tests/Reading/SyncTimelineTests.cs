using Causality.Scheduler.StateMachines;

namespace Causality.Dashboard.Tests.Reading;

public sealed class SyncTimelineTests
{
    [Fact]
    public void The_latest_comparison_is_the_one_that_the_roots_are_of()
    {
        SyncPhase[] phases = [new("Comparing", 1, 1, null), new("WaitingToRetry", 2, 1, "timeout"), new("Comparing", 3, 2, null), new("Transferring", 4, 2, null), new("Completed", 5, 2, null)];

        SyncTimeline.ComparedAt(phases).ShouldBe(4);
        SyncTimeline.ComparedAt([new("Comparing", 1, 1, null)]).ShouldBeNull();
        SyncTimeline.ComparedAt([]).ShouldBeNull();
    }

    [Fact]
    public void A_sync_that_goes_on_and_on_keeps_its_beginning_and_its_latest_states()
    {
        var sync = new SyncState();
        for (var at = 0; at < 500; at++)
        {
            sync.CurrentState = at % 2 == 0 ? "Comparing" : "WaitingToRetry";
            SyncTimeline.Note(sync, at);
        }

        var phases = SyncTimeline.Read(sync.Timeline);
        phases.Count.ShouldBe(SyncTimeline.Most);
        (phases[0].At, phases[^1].At).ShouldBe((0, 499));
        sync.Timeline!.Length.ShouldBeLessThan(8_000);
    }
}
