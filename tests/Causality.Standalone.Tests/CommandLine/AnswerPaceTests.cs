using Causality.Standalone.Commands;

namespace Causality.Standalone.Tests.CommandLine;

public sealed class AnswerPaceTests
{
    [Fact]
    public async Task It_asks_soon_and_then_five_times_a_second()
    {
        var time = new NoTime();
        var pace = new AnswerPace(time);

        for (var asked = 0; asked < 6; asked++)
            await pace.WaitAsync(TestContext.Current.CancellationToken);

        time.Waits.Select(wait => wait.TotalMilliseconds).ShouldBe([20, 40, 80, 160, 200, 200]);
    }

    /// <summary>Every wait is over at once.</summary>
    private sealed class NoTime : TimeProvider
    {
        public List<TimeSpan> Waits { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Waits.Add(dueTime);
            return base.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
