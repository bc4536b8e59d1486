using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using AngleSharp.Html.Dom;
using Causality.Contracts.Http.Control;
using Causality.Dashboard.Tests.Hosting;

namespace Causality.Dashboard.Tests.Pages;

public sealed class When_the_viewer_may_not(GuardedFixture pair) : IClassFixture<GuardedFixture>
{
    public static TheoryData<string> Pages => [DashboardPaths.Overview, DashboardPaths.Peer("beta"), DashboardPaths.Queues, DashboardPaths.Throughput, DashboardPaths.Conflicts, DashboardPaths.Conflict("order-17"), DashboardPaths.NewPeer];

    public static TheoryData<string> Actions =>
    [
        "/dashboard/sync-all", "/dashboard/schedule/stop", "/dashboard/schedule/start", "/dashboard/peers", "/dashboard/peers/beta/sync", "/dashboard/peers/beta/pause", "/dashboard/peers/beta/resume", "/dashboard/peers/beta/remove",
        "/dashboard/syncs/00000000-0000-0000-0000-000000000001/cancel", "/dashboard/conflicts/one/decide", "/dashboard/conflicts/one/undo", "/dashboard/conflicts/preview", "/dashboard/conflicts/apply",
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Should_lead_a_stranger_to_where_one_signs_in(string path)
    {
        using var nobody = new DashboardClient(new Uri(pair.Alpha.Address));
        using var answer = await nobody.GetAsync(path);

        DashboardClient.Goal(answer).ShouldBe("/dashboard/login?return=" + Uri.EscapeDataString(path));
        (await nobody.PageAsync(answer.Headers.Location!.OriginalString)).ShouldBeSound();
    }

    [Theory]
    [MemberData(nameof(Actions))]
    public async Task Should_let_neither_a_stranger_nor_a_reader_act(string path)
    {
        using var nobody = new DashboardClient(new Uri(pair.Alpha.Address));
        DashboardClient.Goal(await nobody.PostAsync(path, ("id", "x"))).ShouldStartWith("/dashboard/login");

        using var reader = pair.As(pair.Reader);
        using var refused = await reader.PostAsync(path, ("id", "x"));
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await DashboardClient.ReadAsync(refused)).QuerySelector(".fault")!.TextContent.ShouldContain("operate");
        (await pair.Alpha.SyncManager.ListPeersAsync(TestContext.Current.CancellationToken)).Single().Enabled.ShouldBeTrue();
    }

    [Fact]
    public async Task Should_show_a_reader_no_button_that_acts()
    {
        using var reader = pair.As(pair.Reader);
        foreach (var path in new[] { DashboardPaths.Overview, DashboardPaths.Peer("beta"), DashboardPaths.Conflicts, DashboardPaths.Conflict("order-17") })
        {
            var page = await reader.PageAsync(path);
            page.QuerySelectorAll("form[method=post]").Where(form => form.GetAttribute("action") != ControlRoutes.EndSession).ShouldBeEmpty(path);
            page.QuerySelectorAll("a[href='/dashboard/new-peer'], a[href$='/remove']").ShouldBeEmpty(path);
        }

        using var operating = pair.As(pair.Operator);
        (await operating.PageAsync(DashboardPaths.Overview)).QuerySelectorAll("form[method=post]").ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Should_refuse_a_form_that_another_site_sent()
    {
        using var browser = await pair.SignInAsync(pair.Operator);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(new Uri(pair.Alpha.Address), "/dashboard/peers/beta/pause")) { Content = new FormUrlEncodedContent([]) };
        request.Headers.Add("Cookie", browser.Headers.GetValues("Cookie"));
        request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", "cross-site");
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await pair.Alpha.SyncManager.ListPeersAsync(TestContext.Current.CancellationToken)).Single().Enabled.ShouldBeTrue();
    }

    [Fact]
    public async Task Should_sign_in_with_a_token_act_and_sign_out()
    {
        using var browser = await pair.SignInAsync(pair.Operator);
        var page = await browser.PageAsync(DashboardPaths.Conflict("order-17"));
        page.QuerySelector(".user")!.TextContent.ShouldContain("operator");

        using var decided = await browser.SubmitAsync((IHtmlFormElement)page.QuerySelectorAll("form.decide")[^1]);
        DashboardClient.Goal(decided).ShouldContain("done=");
        (await browser.PageAsync(DashboardPaths.Conflict("order-17"))).QuerySelector("tr.in-force")!.TextContent.ShouldContain("operator (person");

        using var ended = await browser.SubmitAsync((IHtmlFormElement)page.QuerySelector($"form[action='{ControlRoutes.EndSession}']")!);
        DashboardClient.Goal(ended).ShouldBe("/dashboard/login");
        ended.Headers.GetValues("Set-Cookie").Single().ShouldContain("expires=Thu, 01 Jan 1970");
    }

    [Theory]
    [InlineData("wrong-token-wrong-token-wrong-token")]
    [InlineData("")]
    public async Task Should_say_that_a_token_is_none(string token)
    {
        using var nobody = new DashboardClient(new Uri(pair.Alpha.Address));
        var form = (IHtmlFormElement)(await nobody.PageAsync("/dashboard/login?return=%2Fdashboard%2Fqueues")).QuerySelector("form.sign-in")!;

        using var refused = await nobody.SubmitAsync(form, ("token", token));

        var page = await nobody.PageAsync(DashboardClient.Goal(refused));
        page.QuerySelector("#token-fault").ShouldNotBeNull();
        ((IHtmlInputElement)page.QuerySelector("input[name=return]")!).Value.ShouldBe("/dashboard/queues");
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    public async Task Should_never_go_on_at_another_host(string address)
    {
        using var nobody = new DashboardClient(new Uri(pair.Alpha.Address));
        var page = await nobody.PageAsync("/dashboard/login?return=" + Uri.EscapeDataString(address));

        ((IHtmlInputElement)page.QuerySelector("input[name=return]")!).Value.ShouldBe("/dashboard");
    }
}
