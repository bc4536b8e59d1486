using Causality.Contracts;
using Causality.Core;
using Causality.Differ.Tests.Hosting;
using Causality.Protocol;
using Causality.Storage.Database.Records;
using Causality.TestKit.Fakes;
using Causality.TestKit.Operators;

namespace Causality.Differ.Tests;

public sealed class When_comparing_fails : IAsyncLifetime
{
    private readonly DifferHost _differ = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _differ.InitializeAsync();

    public ValueTask DisposeAsync() => _differ.DisposeAsync();

    [Fact]
    public async Task Should_say_that_a_peer_which_is_away_is_worth_a_retry()
    {
        _differ.Peer.Failure = new PeerUnavailableException(SyncReasons.PeerOverloaded, "Peer 'beta' is busy.", TimeSpan.FromSeconds(7));
        var command = _differ.Command(attempt: 3);

        var failed = await _differ.FailAsync(command);

        failed.ShouldBe(new SyncStepFailed
        {
            SyncId = command.SyncId,
            Attempt = 3,
            Step = SyncSteps.Compare,
            Reason = SyncReasons.PeerOverloaded,
            Detail = "Peer 'beta' is busy.",
            Retryable = true,
            RetryAfterMs = 7_000,
        });
    }

    [Theory]
    [InlineData(SyncReasons.PinMismatch)]
    [InlineData(SyncReasons.PeerRefused)]
    public async Task Should_say_that_a_peer_which_refuses_is_not(string reason)
    {
        _differ.Peer.Failure = new PeerRefusedException(reason, "Peer 'beta' refuses.");

        var failed = await _differ.FailAsync(_differ.Command());

        (failed.Reason, failed.Retryable).ShouldBe((reason, false));
    }

    [Fact]
    public async Task Should_call_a_segment_that_is_listed_twice_a_breach_of_the_protocol()
    {
        await _differ.Peer.Log.ImportSegmentAsync(Samples.Segment("s", 0, 5, "beta"), Cancelled);
        _differ.Peer.List = segments => segments.Concat(segments);

        var failed = await _differ.FailAsync(_differ.Command());

        (failed.Reason, failed.Retryable).ShouldBe((SyncReasons.ProtocolViolation, false));
        failed.Detail.ShouldContain("segment s twice");
    }

    [Fact]
    public async Task Should_call_a_segment_that_is_listed_twice_on_different_pages_the_same()
    {
        // Broke: a second row of the same key was a fault of our database, retried and then nobody's.
        var sample = Samples.Segment("s", 0, 1, "beta").Metadata;
        await _differ.Peer.Log.ImportSegmentAsync(Samples.Segment("s", 0, 1, "beta"), Cancelled);
        _differ.Peer.List = _ => Enumerable.Range(0, 1_500).Select(number => sample with { Id = new SegmentId($"s{number % 1_200:D5}") });

        var failed = await _differ.FailAsync(_differ.Command());

        (failed.Reason, failed.Retryable).ShouldBe((SyncReasons.ProtocolViolation, false));
    }

    [Fact]
    public async Task Should_keep_a_segment_that_is_too_large_visible_with_its_reason()
    {
        await _differ.Peer.Log.ImportSegmentAsync(Samples.Segment("fine", 0, 5, "beta"), Cancelled);
        await _differ.Peer.Log.ImportSegmentAsync(Samples.Segment("huge", 10, 5, "beta"), Cancelled);
        Inflate("huge");
        var command = _differ.Command();

        var compared = await _differ.CompareAsync(command);

        compared.SegmentsPlanned.ShouldBe(1);
        var huge = (await _differ.Host.PlanAsync(command.SyncId)).Single(row => row.SegmentId == "huge");
        (huge.State, huge.Reason).ShouldBe((PlanSegmentState.Failed, SyncReasons.SegmentTooLarge));
        huge.Detail.ShouldNotBeNull().ShouldContain($"{SegmentLimits.MaxEntries + 1} entries");
    }

    [Fact]
    public async Task Should_not_call_it_nothing_to_do_when_all_that_is_missing_is_too_large()
    {
        // Broke: with nothing to fetch the sync was skipped, which claims that the peer has nothing that we lack.
        await _differ.Peer.Log.ImportSegmentAsync(Samples.Segment("huge", 10, 5, "beta"), Cancelled);
        Inflate("huge");

        var failed = await _differ.FailAsync(_differ.Command());

        (failed.Reason, failed.Retryable).ShouldBe((SyncReasons.SegmentTooLarge, false));
        failed.Detail.ShouldContain("huge");
    }

    private void Inflate(string id) =>
        _differ.Peer.List = segments => segments.Select(segment => segment.Id.Value == id ? segment with { EntryCount = SegmentLimits.MaxEntries + 1 } : segment);
}
