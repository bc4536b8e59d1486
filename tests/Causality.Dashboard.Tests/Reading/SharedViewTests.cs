using Causality.Scheduler.Dashboard.Rendering;

namespace Causality.Dashboard.Tests.Reading;

public sealed class SharedViewTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task However_many_look_at_once_it_is_asked_once()
    {
        var (asked, gate) = (0, new TaskCompletionSource<string>());
        var view = new SharedView<string>(TimeSpan.FromSeconds(5), new StillTime(), () =>
        {
            Interlocked.Increment(ref asked);
            return gate.Task;
        });

        var lookers = Enumerable.Range(0, 50).Select(_ => view.GetAsync(Token)).ToList();
        gate.SetResult("seen");

        (await Task.WhenAll(lookers)).ShouldAllBe(seen => seen == "seen");
        asked.ShouldBe(1);
    }

    [Fact]
    public async Task It_is_asked_again_only_after_its_time()
    {
        var (asked, clock) = (0, new StillTime());
        var view = new SharedView<int?>(TimeSpan.FromSeconds(5), clock, () => Task.FromResult<int?>(Interlocked.Increment(ref asked)));

        (await view.GetAsync(Token)).ShouldBe(1);
        clock.Pass(TimeSpan.FromSeconds(4));
        (await view.GetAsync(Token)).ShouldBe(1);
        clock.Pass(TimeSpan.FromSeconds(2));
        (await view.GetAsync(Token)).ShouldBe(2);
    }

    [Fact]
    public async Task A_failure_is_not_asked_for_more_often_than_a_success()
    {
        var asked = 0;
        var view = new SharedView<string>(TimeSpan.FromSeconds(5), new StillTime(), () => Interlocked.Increment(ref asked) > 0 ? Task.FromException<string>(new InvalidOperationException("away")) : Task.FromResult(""));

        await Should.ThrowAsync<InvalidOperationException>(() => view.GetAsync(Token));
        await Should.ThrowAsync<InvalidOperationException>(() => view.GetAsync(Token));

        asked.ShouldBe(1);
    }

    /// <summary>Elapsed time that stands still until a test lets some pass.</summary>
    private sealed class StillTime : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Pass(TimeSpan time) => _ticks += time.Ticks;
    }
}
