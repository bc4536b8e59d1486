using System.Net;
using Causality.Dashboard.Tests.Hosting;

namespace Causality.Dashboard.Tests.Pages;

public sealed class When_the_conflict_resolver_is_away(AwayFixture pair) : IClassFixture<AwayFixture>
{
    [Fact]
    public async Task Should_show_a_fault_and_never_an_empty_list()
    {
        var page = await pair.Pages.PageAsync(DashboardPaths.Conflicts);

        page.QuerySelectorAll(".fault").Length.ShouldBe(2);
        page.Body!.TextContent.ShouldContain("cannot be reached");
        page.QuerySelector(".empty").ShouldBeNull();
        page.ShouldBeSound();
    }

    [Fact]
    public async Task Should_be_an_alarm_on_the_overview_which_stands_otherwise()
    {
        var page = await pair.Pages.PageAsync(DashboardPaths.Overview);

        page.QuerySelector("#alarms")!.TextContent.ShouldContain("Conflicts cannot be seen");
        page.QuerySelector("#state")!.TextContent.ShouldContain("not known");
        page.QuerySelectorAll("#peers tbody tr").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Should_say_so_when_a_conflict_is_opened_or_decided()
    {
        using var opened = await pair.Pages.GetAsync(DashboardPaths.Conflict("order-17"));
        opened.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        using var decided = await pair.Pages.PostAsync("/dashboard/conflicts/preview", ("subject", "order-17"), ("action", "latest-wins"));
        decided.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        (await DashboardClient.ReadAsync(decided)).QuerySelector(".fault")!.TextContent.ShouldContain("cannot be reached");
        using var raw = await pair.Pages.GetAsync("/dashboard/conflicts/entry?hash=" + new string('a', 64));
        raw.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
    }
}
