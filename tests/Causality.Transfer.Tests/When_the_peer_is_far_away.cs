using Causality.Contracts;
using Causality.TestKit.Fakes;
using Causality.Transfer.Tests.Hosting;

namespace Causality.Transfer.Tests;

/// <summary>A peer whose answers come quickly once they come, but each after a long way.</summary>
public sealed class When_the_peer_is_far_away
{
    private const int Segments = 200;

    [Fact]
    public async Task Should_ask_for_more_and_more_at_once()
    {
        // Broke: the way there and back counted as slowness of the link, and every request stayed as small as the first.
        var clock = new LeapingClock();
        await using var transfer = await TransferHost.StartAsync(time: clock);
        var requests = 0;
        transfer.Peer.BeforeFetch = _ =>
        {
            Interlocked.Increment(ref requests);
            clock.Leap(TimeSpan.FromMilliseconds(200));
        };
        var syncId = await transfer.PlanAsync(Enumerable.Range(0, Segments).Select(number => Samples.Segment($"s-{number:000}", number * 10, 10, "beta")).ToList());

        var answer = await transfer.TransferAsync(transfer.Command(syncId, new SyncSettings { BatchSize = 40 }));

        answer.SegmentsSynced.ShouldBe(Segments);
        requests.ShouldBeLessThan(Segments / 2);
    }

    /// <summary>The real one, ahead by what a test has let pass.</summary>
    private sealed class LeapingClock : TimeProvider
    {
        private long _ahead;

        public override long GetTimestamp() => base.GetTimestamp() + Interlocked.Read(ref _ahead);

        public void Leap(TimeSpan by) => Interlocked.Add(ref _ahead, (long)(by.TotalSeconds * TimestampFrequency));
    }
}
