using System.Net;
using AngleSharp.Html.Dom;
using Causality.Contracts;
using Causality.Dashboard.Tests.Hosting;
using Causality.TestKit.Operators;

namespace Causality.Dashboard.Tests.Pages;

public sealed class When_people_act_without_scripts(OperatorPair pair) : IClassFixture<OperatorPair>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_sync_with_a_peer()
    {
        using var answer = await pair.Pages.SubmitAsync(await FormAsync(DashboardPaths.Peer("beta"), "/dashboard/peers/beta/sync"));

        DashboardClient.Goal(answer).ShouldStartWith("/dashboard/peers/beta?done=sync");
        var history = await Eventually.BecomesAsync(() => pair.Pages.PageAsync(DashboardPaths.Peer("beta")), page => page.QuerySelector("#history tbody .badge.good") is not null, "a sync that ended well", Token);
        history.QuerySelector("#history tbody td[data-label='Asked by']")!.TextContent.ShouldNotBeNullOrWhiteSpace();
    }

    [Fact]
    public async Task Should_pause_and_resume_a_peer()
    {
        DashboardClient.Goal(await pair.Pages.SubmitAsync(await FormAsync(DashboardPaths.Peer("beta"), "/dashboard/peers/beta/pause"))).ShouldEndWith("done=paused");
        var paused = await pair.Pages.PageAsync(DashboardPaths.Overview);
        paused.QuerySelector("#peers tbody .badge")!.TextContent.ShouldBe("Paused");
        paused.QuerySelector("form[action='/dashboard/peers/beta/sync']").ShouldBeNull();

        using var refused = await pair.Pages.PostAsync("/dashboard/peers/beta/sync");
        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await DashboardClient.ReadAsync(refused)).QuerySelector(".notice.bad")!.TextContent.ShouldContain("No sync was begun");

        DashboardClient.Goal(await pair.Pages.SubmitAsync(await FormAsync(DashboardPaths.Peer("beta"), "/dashboard/peers/beta/resume"))).ShouldEndWith("done=resumed");
        (await pair.Alpha.SyncManager.ListPeersAsync(Token)).Single(peer => peer.PeerId == "beta").Enabled.ShouldBeTrue();
    }

    [Fact]
    public async Task Should_ask_before_a_peer_is_removed()
    {
        await pair.Alpha.SyncManager.AddPeerAsync(new() { Id = "short-lived", Address = "https://short.example", Pins = [new string('b', 64)] }, Token);

        var question = await FormAsync("/dashboard/peers/short-lived/remove", "/dashboard/peers/short-lived/remove");
        (await pair.Alpha.SyncManager.ListPeersAsync(Token)).ShouldContain(peer => peer.PeerId == "short-lived");
        using var answer = await pair.Pages.SubmitAsync(question);

        DashboardClient.Goal(answer).ShouldBe("/dashboard?done=removed");
        (await pair.Alpha.SyncManager.ListPeersAsync(Token)).ShouldNotContain(peer => peer.PeerId == "short-lived");
    }

    [Fact]
    public async Task Should_stop_and_start_the_schedule()
    {
        DashboardClient.Goal(await pair.Pages.SubmitAsync(await FormAsync(DashboardPaths.Overview, "/dashboard/schedule/stop"))).ShouldEndWith("done=stopped");
        (await pair.Pages.PageAsync(DashboardPaths.Overview)).QuerySelector("#alarms")!.TextContent.ShouldContain("The schedule is stopped");
        DashboardClient.Goal(await pair.Pages.SubmitAsync(await FormAsync(DashboardPaths.Overview, "/dashboard/schedule/start"))).ShouldEndWith("done=started");
        (await pair.Pages.PageAsync(DashboardPaths.Overview)).QuerySelector("#alarms")!.TextContent.ShouldNotContain("The schedule is stopped");
    }

    [Fact]
    public async Task Should_show_a_failed_sync_with_its_reason_and_its_retries()
    {
        await pair.Alpha.SyncManager.AddPeerAsync(new() { Id = "away", Address = "https://127.0.0.1:1", Pins = [new string('c', 64)] }, Token);
        var result = await pair.Alpha.SyncManager.SyncWithPeerAsync("away", cancellationToken: Token);
        result.Reason.ShouldBe(SyncReasons.PeerUnavailable);

        var page = await pair.Pages.PageAsync(DashboardPaths.Sync(result.SyncId));
        page.QuerySelectorAll("#states tbody th").Select(state => state.TextContent.Trim()).ShouldBe(["comparing", "waiting to retry", "comparing", "failed"]);
        page.QuerySelector("#sync .fault")!.TextContent.ShouldContain(SyncReasons.PeerUnavailable);
        (await pair.Pages.PageAsync(DashboardPaths.Overview)).QuerySelector("#alarms")!.TextContent.ShouldContain("failed");
        await pair.Alpha.SyncManager.RemovePeerAsync("away", Token);
    }

    [Fact]
    public async Task Should_cancel_a_sync_that_waits_for_its_next_attempt()
    {
        await pair.Alpha.SyncManager.AddPeerAsync(new() { Id = "stuck", Address = "https://127.0.0.1:1", Pins = [new string('c', 64)] }, Token);
        var syncing = pair.Alpha.SyncManager.SyncWithPeerAsync("stuck", new SyncOverrides { MaxRetries = 100 }, Token);
        var running = await Eventually.BecomesAsync(() => pair.Pages.PageAsync(DashboardPaths.Overview), page => page.QuerySelector("#running form") is not null, "the running sync", Token);

        using var answer = await pair.Pages.SubmitAsync((IHtmlFormElement)running.QuerySelector("#running form")!);

        DashboardClient.Goal(answer).ShouldEndWith("done=cancelled");
        (await syncing).Status.ShouldBe(SyncStatus.Cancelled);
        await pair.Alpha.SyncManager.RemovePeerAsync("stuck", Token);
    }

    private async Task<IHtmlFormElement> FormAsync(string page, string action) => (IHtmlFormElement)(await pair.Pages.PageAsync(page)).QuerySelector($"form[action='{action}']")!;
}
