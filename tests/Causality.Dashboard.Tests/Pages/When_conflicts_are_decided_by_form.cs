using System.Net;
using AngleSharp.Html.Dom;
using Causality.Dashboard.Tests.Hosting;

namespace Causality.Dashboard.Tests.Pages;

public sealed class When_conflicts_are_decided_by_form(OperatorPair pair) : IClassFixture<OperatorPair>
{
    [Fact]
    public async Task Should_show_another_version_and_take_it_back()
    {
        await pair.CollideAsync("invoice-1");
        (await pair.ShownAsync("invoice-1")).ShouldContain("6.00");
        var other = Versions(await pair.Pages.PageAsync(DashboardPaths.Conflict("invoice-1"))).Single(version => !version.ClassName!.Contains("shown", StringComparison.Ordinal));

        using var decided = await pair.Pages.SubmitAsync((IHtmlFormElement)other.QuerySelector("form")!, ("reason", "The customer <b>called</b>"));

        DashboardClient.Goal(decided).ShouldEndWith("done=decided");
        (await pair.ShownAsync("invoice-1")).ShouldContain("5.00");
        var page = await pair.Pages.PageAsync(DashboardPaths.Conflict("invoice-1"));
        page.QuerySelectorAll("table.cards tbody tr").Length.ShouldBe(2);
        page.Body!.TextContent.ShouldContain("The customer <b>called</b>");

        using var undone = await pair.Pages.SubmitAsync((IHtmlFormElement)page.QuerySelector("form[action='/dashboard/conflicts/one/undo']")!);
        DashboardClient.Goal(undone).ShouldEndWith("done=undone");
        (await pair.ShownAsync("invoice-1")).ShouldContain("6.00");
        (await pair.Pages.PageAsync(DashboardPaths.Conflict("invoice-1"))).QuerySelectorAll("table.cards tbody tr").Length.ShouldBe(3);
    }

    [Fact]
    public async Task Should_do_nothing_when_the_conflict_is_not_as_the_page_showed_it()
    {
        await pair.CollideAsync("invoice-2");
        var form = (IHtmlFormElement)Versions(await pair.Pages.PageAsync(DashboardPaths.Conflict("invoice-2"))).Single(version => !version.ClassName!.Contains("shown", StringComparison.Ordinal)).QuerySelector("form")!;
        using (await pair.Pages.SubmitAsync(form))
        {
        }

        using var late = await pair.Pages.SubmitAsync(form);

        late.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var page = await DashboardClient.ReadAsync(late);
        page.QuerySelector(".notice.bad")!.TextContent.ShouldContain("changed since");
        page.QuerySelectorAll("table.cards tbody tr").Length.ShouldBe(2);
    }

    [Fact]
    public async Task Should_apply_many_exactly_as_previewed()
    {
        await CollideAsync("bulk-1", "bulk-2", "bulk-3");
        var preview = await PreviewAsync(("subject", "bulk-1"), ("subject", "bulk-2"), ("action", "local-wins"), ("reason", "ours are right"));
        preview.QuerySelectorAll("main > table tbody th").Select(row => row.TextContent.Trim()).ShouldBe(["bulk-1", "bulk-2"], ignoreOrder: true);
        (await pair.ShownAsync("bulk-1")).ShouldContain("6.00");

        using var applied = await pair.Pages.SubmitAsync(Apply(preview));

        DashboardClient.Goal(applied).ShouldEndWith("done=applied");
        (await pair.ShownAsync("bulk-1")).ShouldContain("5.00");
        (await pair.ShownAsync("bulk-2")).ShouldContain("5.00");
        (await pair.ShownAsync("bulk-3")).ShouldContain("6.00");

        var back = await PreviewAsync(("subject", "bulk-1"), ("subject", "bulk-2"), ("subject", "bulk-3"), ("action", "undo"));
        back.Body!.TextContent.ShouldContain("nothing to undo");
        DashboardClient.Goal(await pair.Pages.SubmitAsync(Apply(back))).ShouldEndWith("done=applied");
        (await pair.ShownAsync("bulk-1")).ShouldContain("6.00");
    }

    [Fact]
    public async Task Should_apply_nothing_when_one_of_them_has_changed_since_the_preview()
    {
        await CollideAsync("guard-1", "guard-2");
        var preview = await PreviewAsync(("subject", "guard-1"), ("subject", "guard-2"), ("action", "local-wins"));
        var one = (IHtmlFormElement)Versions(await pair.Pages.PageAsync(DashboardPaths.Conflict("guard-2")))[0].QuerySelector("form")!;
        using (await pair.Pages.SubmitAsync(one))
        {
        }

        using var refused = await pair.Pages.SubmitAsync(Apply(preview));

        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var page = await DashboardClient.ReadAsync(refused);
        page.QuerySelector(".notice.bad")!.TextContent.ShouldContain("Nothing was done");
        page.QuerySelector("form[action='/dashboard/conflicts/apply']").ShouldNotBeNull();
        (await pair.ShownAsync("guard-1")).ShouldContain("6.00");
    }

    [Fact]
    public async Task Should_take_all_that_the_filter_finds()
    {
        await CollideAsync("all-1", "all-2");
        var preview = await PreviewAsync(("scope", "all"), ("peer", "beta"), ("action", "latest-wins"));

        var named = preview.QuerySelectorAll("tbody th").Select(row => row.TextContent.Trim()).ToList();
        named.ShouldContain("all-1");
        named.ShouldContain("all-2");
        (await PreviewAnswerAsync(("scope", "all"), ("peer", "nobody"), ("action", "latest-wins"))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("action", "delete-everything")]
    [InlineData("subject", "")]
    public async Task Should_refuse_what_cannot_be_previewed(string field, string value)
    {
        var fields = new Dictionary<string, string> { ["action"] = "local-wins", ["subject"] = "guard-1", [field] = value };
        using var answer = await PreviewAnswerAsync([.. fields.Select(one => (one.Key, one.Value))]);

        ((int)answer.StatusCode).ShouldBe(400);
        (await DashboardClient.ReadAsync(answer)).QuerySelector(".fault").ShouldNotBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"Kind":"id","Action":"rm","Subjects":["a"],"Versions":[1]}""")]
    [InlineData("""{"Kind":"id","Action":"undo","Subjects":["a","b"],"Versions":[1]}""")]
    public async Task Should_refuse_a_plan_that_is_none(string plan)
    {
        using var answer = await pair.Pages.PostAsync("/dashboard/conflicts/apply", ("plan", plan));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await DashboardClient.ReadAsync(answer)).ShouldBeSound();
    }

    [Fact]
    public async Task Should_filter_the_inbox()
    {
        await CollideAsync("filtered");
        (await pair.Pages.PageAsync("/dashboard/conflicts?entry_type=fact&peer=beta")).QuerySelectorAll("tbody th").ShouldNotBeEmpty();
        (await pair.Pages.PageAsync("/dashboard/conflicts?entry_type=effect")).QuerySelectorAll("tbody th").ShouldBeEmpty();
        (await pair.Pages.PageAsync("/dashboard/conflicts")).QuerySelector("#counts")!.TextContent.ShouldContain("Type fact");
        (await pair.Pages.PageAsync("/dashboard/conflicts?strategy=latest-wins")).QuerySelectorAll("tbody th").ShouldNotBeEmpty();
        (await pair.Pages.PageAsync("/dashboard/conflicts?strategy=local-wins&entry_type=effect")).QuerySelectorAll("tbody th").ShouldBeEmpty();
        (await pair.Pages.PageAsync("/dashboard/conflicts?state=strange")).QuerySelector(".fault")!.TextContent.ShouldContain("state is one of");
    }

    [Fact]
    public async Task Should_offer_the_strategies_that_have_decided()
    {
        await CollideAsync("by-strategy");
        var choices = (await pair.Pages.PageAsync("/dashboard/conflicts?strategy=rules-of-ours")).QuerySelectorAll("select[name=strategy] option");

        choices.Select(choice => choice.GetAttribute("value")).ShouldBe(choices.Select(choice => choice.GetAttribute("value")).Distinct());
        choices.Select(choice => choice.GetAttribute("value")).ShouldContain("latest-wins");
        choices.Single(choice => choice.HasAttribute("selected")).GetAttribute("value").ShouldBe("rules-of-ours", "what is filtered by stays chosen");
    }

    private static IReadOnlyList<AngleSharp.Dom.IElement> Versions(IHtmlDocument page) => [.. page.QuerySelectorAll("article.version")];

    private static IHtmlFormElement Apply(IHtmlDocument preview) => (IHtmlFormElement)preview.QuerySelector("form[action='/dashboard/conflicts/apply']")!;

    private async Task CollideAsync(params string[] ids)
    {
        foreach (var id in ids)
            await pair.CollideAsync(id);
    }

    private Task<HttpResponseMessage> PreviewAnswerAsync(params (string, string)[] fields) => pair.Pages.PostAsync("/dashboard/conflicts/preview", fields);

    private async Task<IHtmlDocument> PreviewAsync(params (string, string)[] fields)
    {
        using var answer = await PreviewAnswerAsync(fields);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var page = await DashboardClient.ReadAsync(answer);
        page.ShouldBeSound();
        return page;
    }
}
