using System.Net;
using Causality.Core;
using Causality.Dashboard.Tests.Hosting;

namespace Causality.Dashboard.Tests.Pages;

public sealed class When_pages_are_read(PagesFixture pair) : IClassFixture<PagesFixture>
{
    public static TheoryData<string> Addresses =>
    [
        DashboardPaths.Overview, DashboardPaths.NewPeer, "/dashboard/new-peer?peer=beta", DashboardPaths.Queues, DashboardPaths.Throughput, "/dashboard/throughput?window=7d",
        DashboardPaths.Conflicts, "/dashboard/conflicts?state=open", DashboardPaths.Peer("beta"), "/dashboard/peers/beta/remove", DashboardPaths.Conflict("order-17"),
    ];

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task Should_be_sound_and_load_nothing_but_our_own(string path)
    {
        using var answer = await pair.Pages.GetAsync(path);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/html; charset=utf-8");
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldBe("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
        answer.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        (await DashboardClient.ReadAsync(answer)).ShouldBeSound();
    }

    [Fact]
    public async Task Should_serve_the_files_that_they_name_and_let_browsers_keep_them()
    {
        var page = await pair.Pages.PageAsync(DashboardPaths.Overview);
        var addresses = page.QuerySelectorAll("link[href], script[src], img[src]").Select(element => element.GetAttribute("href") ?? element.GetAttribute("src")!).ToList();

        addresses.Count.ShouldBeGreaterThanOrEqualTo(3);
        foreach (var address in addresses)
        {
            using var file = await pair.Pages.GetAsync(address);
            file.StatusCode.ShouldBe(HttpStatusCode.OK, address);
            file.Headers.CacheControl!.ToString().ShouldContain("immutable");
        }

        using var other = await pair.Pages.GetAsync("/dashboard/assets/0/secrets.json");
        other.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Should_call_a_peer_in_sync_only_when_the_roots_were_found_equal()
    {
        await OperatorPair.AppendAsync(pair.Beta, LogEntry.Create($"new-{Guid.NewGuid()}", 1_700_000_100_000, EntryType.Event, "{}"u8));
        await pair.Alpha.SyncManager.SyncWithPeerAsync("beta", cancellationToken: TestContext.Current.CancellationToken);
        (await pair.Pages.PageAsync(DashboardPaths.Overview)).QuerySelector("#peers tbody .badge")!.TextContent.ShouldBe("Caught up");

        await pair.Beta.SyncManager.SyncWithPeerAsync("alpha", cancellationToken: TestContext.Current.CancellationToken);
        await pair.Alpha.SyncManager.SyncWithPeerAsync("beta", cancellationToken: TestContext.Current.CancellationToken);
        var row = (await pair.Pages.PageAsync(DashboardPaths.Overview)).QuerySelector("#peers tbody tr")!;
        row.QuerySelector(".badge")!.TextContent.ShouldBe("In sync");
        row.QuerySelector("td[data-label=State] time")!.GetAttribute("datetime").ShouldNotBeNullOrEmpty();

        await OperatorPair.AppendAsync(pair.Alpha, LogEntry.Create($"ours-{Guid.NewGuid()}", 1_700_000_100_000, EntryType.Event, "{}"u8));
        await pair.Alpha.SyncManager.SyncWithPeerAsync("beta", cancellationToken: TestContext.Current.CancellationToken);
        (await pair.Pages.PageAsync(DashboardPaths.Overview)).QuerySelector("#peers tbody .badge")!.TextContent.ShouldBe("Nothing to move");
    }

    [Fact]
    public async Task Should_tell_what_a_sync_did_and_when_it_was_in_which_state()
    {
        var page = await pair.Pages.PageAsync(DashboardPaths.Sync(pair.Sync));

        page.QuerySelectorAll("#states tbody th").Select(state => state.TextContent.Trim()).ShouldBe(["comparing", "transferring", "resolving", "completed"]);
        var plan = page.QuerySelector("#plan tbody tr")!;
        plan.QuerySelector("th")!.TextContent.ShouldBe("stored");
        plan.QuerySelector("td[data-label=Entries]")!.TextContent.ShouldBe("20");
        page.QuerySelector("#sync")!.TextContent.ShouldContain("1 of 1");
        page.ShouldBeSound();
    }

    [Theory]
    [InlineData("/dashboard/peers/nobody")]
    [InlineData("/dashboard/syncs/00000000-0000-0000-0000-000000000001")]
    [InlineData("/dashboard/conflicts/one?kind=id&subject=nothing")]
    [InlineData("/dashboard/peers/%3Cscript%3Ealert(1)%3C%2Fscript%3E")]
    public async Task Should_say_what_is_not_there(string path)
    {
        using var answer = await pair.Pages.GetAsync(path);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await DashboardClient.ReadAsync(answer)).ShouldBeSound();
    }

    [Fact]
    public async Task Should_say_that_queues_in_memory_are_no_queues_to_look_at()
    {
        var page = await pair.Pages.PageAsync(DashboardPaths.Queues);

        page.QuerySelector("#broker")!.TextContent.ShouldContain("queues in this process");
        page.QuerySelector("#outbox")!.TextContent.ShouldContain("To be sent now");
    }

    [Fact]
    public async Task Should_draw_figures_with_a_table_beside_them()
    {
        var page = await pair.Pages.PageAsync(DashboardPaths.Throughput);

        page.QuerySelectorAll("svg[role=img][aria-label]").Length.ShouldBe(3);
        page.QuerySelectorAll("#figures tbody tr").Length.ShouldBe(60);
        page.QuerySelectorAll("#figures tbody tr").Sum(row => int.Parse(row.Children[3].TextContent, System.Globalization.CultureInfo.InvariantCulture)).ShouldBeGreaterThanOrEqualTo(2);
    }

    [Fact]
    public async Task Should_not_let_a_link_put_words_on_a_page()
    {
        (await pair.Pages.PageAsync("/dashboard?done=added")).QuerySelector(".notice")!.TextContent.ShouldContain("added");
        (await pair.Pages.PageAsync("/dashboard?done=%3Cb%3EYour+log+is+lost%3C%2Fb%3E")).QuerySelector(".notice").ShouldBeNull();
    }
}
