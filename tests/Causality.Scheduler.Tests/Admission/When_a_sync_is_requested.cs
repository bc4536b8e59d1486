using System.Text.Json;
using Causality.Contracts;
using Causality.Scheduler.Syncs;
using Causality.Scheduler.Tests.Hosting;

namespace Causality.Scheduler.Tests.Admission;

public sealed class When_a_sync_is_requested(SharedScheduler shared) : IClassFixture<SharedScheduler>
{
    private readonly SchedulerHost _scheduler = shared.Scheduler;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_begin_with_the_id_that_the_requester_chose()
    {
        var (peer, id) = (await _scheduler.AddPeerAsync(), Guid.NewGuid());

        await _scheduler.Host.PublishAsync(new SyncRequested { PeerId = peer, SyncId = id, RequestedBy = "somebody\u0007" });

        var accepted = (await _scheduler.Bus.WaitAsync<SyncAccepted>(event_ => event_.SyncId == id, 1, Cancelled))[0];
        accepted.PeerId.ShouldBe(peer);
        accepted.RequestedBy.ShouldNotBeNull().ShouldStartWith("somebody");
        accepted.RequestedBy.ShouldNotContain('\u0007');
        (await _scheduler.CompareAsync(id, 1)).Peer.Id.ShouldBe(peer);
    }

    [Fact]
    public async Task Should_reject_a_peer_that_nobody_knows()
    {
        var rejected = await RejectAsync(new SyncRequested { PeerId = "nobody" });

        (rejected.Reason, rejected.PeerId).ShouldBe((SyncReasons.UnknownPeer, "nobody"));
        rejected.Detail.ShouldContain("'nobody'");
    }

    [Fact]
    public async Task Should_reject_a_peer_that_is_switched_off()
    {
        var peer = await _scheduler.AddPeerAsync();
        await _scheduler.Peers.SetEnabledAsync(peer, false, Cancelled);

        var rejected = await RejectAsync(new SyncRequested { PeerId = peer });

        rejected.Reason.ShouldBe(SyncReasons.PeerDisabled);
        rejected.Detail.ShouldContain("resume");
        (await _scheduler.SyncsAsync(peer)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Not An Id")]
    [InlineData("")]
    [InlineData("../../etc")]
    public async Task Should_reject_what_is_no_operator_id(string peer)
    {
        var rejected = await RejectAsync(new SyncRequested { PeerId = peer });

        rejected.Reason.ShouldBe(SyncReasons.InvalidRequest);
        rejected.Detail.ShouldContain("peerId");
    }

    [Fact]
    public async Task Should_reject_an_empty_sync_id()
    {
        var peer = await _scheduler.AddPeerAsync();

        var admitted = (await _scheduler.RequestAsync(new SyncRequested { PeerId = peer, SyncId = Guid.Empty })).ShouldHaveSingleItem();

        (admitted.Outcome, admitted.Reason).ShouldBe((AdmissionOutcome.Rejected, SyncReasons.InvalidRequest));
        admitted.Detail.ShouldNotBeNull().ShouldContain("syncId");
    }

    [Theory]
    [InlineData("batchSize", 0L)]
    [InlineData("batchSize", 1_000_001L)]
    [InlineData("syncTimeoutMs", 999L)]
    [InlineData("syncTimeoutMs", 86_400_001L)]
    [InlineData("maxRetries", -1L)]
    [InlineData("maxRetries", 101L)]
    [InlineData("maxSegmentAgeMs", -1L)]
    [InlineData("syncIntervalMs", 99L)]
    public async Task Should_reject_an_override_out_of_bounds_and_name_it(string name, long value)
    {
        var overrides = JsonSerializer.Deserialize<SyncOverrides>($"{{\"{name}\":{value}}}", JsonSerializerOptions.Web);

        var rejected = await RejectAsync(new SyncRequested { PeerId = await _scheduler.AddPeerAsync(), Overrides = overrides });

        rejected.Reason.ShouldBe(SyncReasons.InvalidRequest);
        rejected.Detail.ShouldContain($"overrides.{name} is {value}");
    }

    [Fact]
    public async Task Should_put_the_requests_overrides_before_the_peers_and_those_before_the_general_settings()
    {
        var peer = await _scheduler.AddPeerAsync(new SyncOverrides { BatchSize = 10, MaxRetries = 7 });

        var compare = await _scheduler.BeginAsync(new SyncOverrides { BatchSize = 20, VerifyHashes = false }, peer);

        compare.Settings.ShouldBe(new SyncSettings { BatchSize = 20, MaxRetries = 7, VerifyHashes = false });
    }

    [Fact]
    public async Task Should_not_begin_a_sync_id_twice()
    {
        var compare = await _scheduler.BeginAsync();
        await _scheduler.Host.PublishAsync(compare.Compared(inSync: true));
        await _scheduler.ReachesAsync(compare.SyncId, "Skipped");

        var again = (await _scheduler.RequestAsync(new SyncRequested { PeerId = compare.Peer.Id, SyncId = compare.SyncId })).ShouldHaveSingleItem();

        (again.Outcome, again.Reason).ShouldBe((AdmissionOutcome.Rejected, SyncReasons.AlreadyRequested));
        again.Detail.ShouldNotBeNull().ShouldContain("Skipped");
    }

    [Fact]
    public async Task Should_take_a_redelivered_message_once()
    {
        var (peer, message) = (await _scheduler.AddPeerAsync(), Guid.NewGuid());

        await _scheduler.Host.PublishAsync(new SyncRequested { PeerId = peer }, message);
        await _scheduler.Host.PublishAsync(new SyncRequested { PeerId = peer }, message);
        await _scheduler.CompareAsync(message, attempt: 1);
        await _scheduler.SettleAsync();

        (await _scheduler.SyncsAsync(peer)).ShouldHaveSingleItem().CorrelationId.ShouldBe(message);
        (await _scheduler.PendingAsync(peer)).ShouldBeNull();
        _scheduler.Bus.Of<SyncRejected>(event_ => event_.PeerId == peer).ShouldAllBe(event_ => event_.Reason == SyncReasons.AlreadyRequested);
    }

    [Fact]
    public async Task Should_understand_snake_case()
    {
        var (peer, id) = (await _scheduler.AddPeerAsync(), Guid.NewGuid());
        var request = JsonSerializer.Deserialize<SyncRequested>($$"""{"peer_id":"{{peer}}","sync_id":"{{id}}","requested_by":"cron","colour":"blue"}""", JsonSerializerOptions.Web)!;

        var admitted = (await _scheduler.RequestAsync(request)).ShouldHaveSingleItem();

        (admitted.SyncId, admitted.PeerId, admitted.Outcome).ShouldBe((id, peer, AdmissionOutcome.Begun));
        (await _scheduler.SyncAsync(id)).RequestedBy.ShouldBe("cron");
    }

    [Fact]
    public async Task Should_reject_a_snake_case_member_of_the_wrong_type_instead_of_syncing_with_everybody()
    {
        var request = JsonSerializer.Deserialize<SyncRequested>("""{"peer_id":5}""", JsonSerializerOptions.Web)!;

        var admitted = (await _scheduler.RequestAsync(request)).ShouldHaveSingleItem();

        (admitted.Outcome, admitted.Reason).ShouldBe((AdmissionOutcome.Rejected, SyncReasons.InvalidRequest));
    }

    private async Task<SyncRejected> RejectAsync(SyncRequested request)
    {
        var id = Guid.NewGuid();
        await _scheduler.Host.PublishAsync(request with { SyncId = id });
        var rejected = (await _scheduler.Bus.WaitAsync<SyncRejected>(event_ => event_.SyncId == id, 1, Cancelled))[0];
        _scheduler.Bus.Of<SyncAccepted>(event_ => event_.SyncId == id).ShouldBeEmpty();
        return rejected;
    }
}
