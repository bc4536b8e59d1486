using Causality.Contracts.Http.Control;
using Causality.Scheduler.Dashboard.Overview;

namespace Causality.Dashboard.Tests.Reading;

public sealed class PeerStandingTests
{
    [Theory]
    [InlineData("Skipped", true, StandingKind.InSync)]
    [InlineData("Completed", true, StandingKind.InSync)]
    [InlineData("Completed", false, StandingKind.Updated)]
    [InlineData("Skipped", false, StandingKind.Differs)]
    [InlineData("Failed", true, StandingKind.Failing)]
    [InlineData("Failed", false, StandingKind.Failing)]
    [InlineData("Cancelled", true, StandingKind.Unknown)]
    public void Equal_roots_of_the_latest_sync_that_ended_well_and_nothing_else_are_in_sync(string state, bool rootsEqual, StandingKind expected) =>
        PeerStanding.Of(Peer(), [Run(state, rootsEqual)]).Kind.ShouldBe(expected);

    [Fact]
    public void A_sync_that_compares_changes_nothing_about_what_is_known() =>
        PeerStanding.Of(Peer(), [Run("Comparing", false, ended: null), Run("Skipped", true)]).Kind.ShouldBe(StandingKind.InSync);

    [Theory]
    [InlineData("Transferring")]
    [InlineData("Resolving")]
    public void One_that_moves_what_differs_ends_an_older_equality(string state)
    {
        var standing = PeerStanding.Of(Peer(), [Run(state, false, ended: null), Run("Skipped", true)]);

        standing.Kind.ShouldBe(StandingKind.CatchingUp);
        standing.At.ShouldBe(DateTimeOffset.FromUnixTimeMilliseconds(1_500), "the moment of the comparison");
    }

    [Fact]
    public void An_older_equality_does_not_outlive_a_failure() =>
        PeerStanding.Of(Peer(), [Run("Failed", false), Run("Skipped", true)]).Kind.ShouldBe(StandingKind.Failing);

    [Fact]
    public void The_moment_is_that_of_the_comparison() =>
        PeerStanding.Of(Peer(), [Run("Skipped", true)]).At.ShouldBe(DateTimeOffset.FromUnixTimeMilliseconds(1_500));

    [Fact]
    public void Without_a_sync_nothing_is_known() => PeerStanding.Of(Peer(), []).Kind.ShouldBe(StandingKind.Unknown);

    [Fact]
    public void A_peer_that_is_off_is_paused() => PeerStanding.Of(Peer() with { Enabled = false }, [Run("Skipped", true)]).Kind.ShouldBe(StandingKind.Paused);

    private static PeerInfo Peer() => new() { PeerId = "beta", Address = "https://beta.example", Pins = [], Enabled = true, SuccessfulSyncs = 0, FailedSyncs = 0 };

    private static SyncRun Run(string state, bool rootsEqual, long? ended = 2_000) => new()
    {
        SyncId = Guid.NewGuid(),
        State = state,
        StartedAt = 1_000,
        EndedAt = ended,
        ComparedAt = 1_500,
        EqualRoot = rootsEqual ? "root" : null,
        EntriesSynced = 0,
        BytesReceived = 0,
        Conflicts = 0,
        Retries = 0,
    };
}
