using Causality.Protocol.Pacing;
using Causality.Transfer.Options;
using Causality.Transfer.Pacing;
using Causality.TestKit.Operators;

namespace Causality.Transfer.Tests;

public sealed class PeerPaceTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_limit_nobody_waits() => await new PeerPace(() => 0, TimeProvider.System).TakeAsync(int.MaxValue, Cancelled);

    [Fact]
    public async Task What_was_taken_too_much_is_waited_for()
    {
        var began = TimeProvider.System.GetTimestamp();
        var pace = new PeerPace(() => 100_000, TimeProvider.System);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => pace.TakeAsync(10_000, Cancelled).AsTask()));

        // A bound from below holds on a slow machine, too: 40,000 bytes at 100,000 a second.
        TimeProvider.System.GetElapsedTime(began).ShouldBeGreaterThan(TimeSpan.FromSeconds(0.35));
    }

    [Theory]
    [InlineData("22:00", "06:00", "23:30", true)]
    [InlineData("22:00", "06:00", "05:59", true)]
    [InlineData("22:00", "06:00", "12:00", false)]
    [InlineData("08:00", "18:00", "12:00", true)]
    [InlineData("08:00", "18:00", "18:00", false)]
    [InlineData("00:00", "00:00", "12:00", true)]
    public void A_window_covers_its_hours_also_over_midnight(string from, string to, string now, bool covered)
    {
        var window = new BandwidthWindow { Peer = "beta", From = TimeOnly.Parse(from), To = TimeOnly.Parse(to) };

        window.Covers("beta", TimeOnly.Parse(now)).ShouldBe(covered);
        window.Covers("gamma", TimeOnly.Parse(now)).ShouldBeFalse();
    }
}
