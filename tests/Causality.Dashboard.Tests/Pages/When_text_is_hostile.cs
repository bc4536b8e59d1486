using System.Net;
using Causality.Dashboard.Tests.Hosting;

namespace Causality.Dashboard.Tests.Pages;

public sealed class When_text_is_hostile(OperatorPair pair) : IClassFixture<OperatorPair>
{
    public static TheoryData<string> Ids =>
    [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)", "</title></style></textarea><svg onload=alert(1)>", "javascript:alert(1)", "@(1+1) {{7*7}} ${7*7}",
        "\u202egpj.exe", "zero\u200bwidth\ue000", "a/b?c=d&e#f%2F..%2F..", new string('é', 128), "😀 漢字 עברית",
    ];

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Should_show_an_entry_id_as_text_and_nothing_else(string id)
    {
        await pair.CollideAsync(id);

        var inbox = await pair.Pages.PageAsync(DashboardPaths.Conflicts);
        inbox.ShouldBeSound();
        var link = inbox.QuerySelectorAll("#bulk tbody th a").First(one => one.GetAttribute("href")!.EndsWith("subject=" + Uri.EscapeDataString(id), StringComparison.Ordinal));
        link.TextContent.Any(char.IsControl).ShouldBeFalse();
        link.TextContent.ShouldNotContain("\u202e");

        var page = await pair.Pages.PageAsync(link.GetAttribute("href")!);
        page.ShouldBeSound();
        page.QuerySelectorAll("input[name=subject]").ShouldAllBe(field => field.GetAttribute("value") == id);
    }

    [Fact]
    public async Task Should_cut_huge_values_and_link_to_the_raw_entry()
    {
        var huge = new string('x', 5_000);
        await pair.CollideAsync("huge", $$"""{"text":"{{huge}}"}""", """{"text":"</td></table><script>alert(1)</script>"}""");

        var page = await pair.Pages.PageAsync(DashboardPaths.Conflict("huge"));

        page.ShouldBeSound();
        page.QuerySelector(".members")!.TextContent.Length.ShouldBeLessThan(2_000);
        var raw = page.QuerySelectorAll(".version header a").Select(link => link.GetAttribute("href")!).ToList();
        raw.Count.ShouldBe(2);
        var texts = new List<string>();
        foreach (var address in raw)
        {
            using var entry = await pair.Pages.GetAsync(address);
            entry.Content.Headers.ContentType!.MediaType.ShouldBe("text/plain");
            entry.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
            texts.Add(await entry.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }

        texts.ShouldContain(text => text.Contains(huge, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_show_an_entry_that_is_too_long_for_the_page_only_raw()
    {
        await pair.CollideAsync("longest", $$"""{"text":"{{new string('y', 100_000)}}"}""");

        var page = await pair.Pages.PageAsync(DashboardPaths.Conflict("longest"));

        page.Body!.TextContent.ShouldContain("over 64 KiB");
        page.Body.TextContent.Length.ShouldBeLessThan(20_000);
    }

    [Fact]
    public async Task Should_mark_the_members_that_differ_and_only_those()
    {
        await pair.CollideAsync("members", """{"same":1,"amount":"5","list":[1,2],"gone":true}""", """{"same":1,"amount":"6","list":[1,3]}""");

        var page = await pair.Pages.PageAsync(DashboardPaths.Conflict("members"));

        page.QuerySelectorAll(".members tr.differs th code").Select(member => member.TextContent).ShouldBe(["timestamp", "data.amount", "data.list[1]", "data.gone"], ignoreOrder: true);
        page.QuerySelectorAll(".members tbody tr").Select(row => row.QuerySelector("code")!.TextContent).ShouldContain("data.same");
    }

    [Fact]
    public async Task Should_keep_hostile_filters_in_their_fields()
    {
        using var answer = await pair.Pages.GetAsync("/dashboard/conflicts?peer=%22%3E%3Cscript%3E1%3C%2Fscript%3E&trace_id=%27%3B%0a%FF");
        using var refused = await pair.Pages.GetAsync("/dashboard/conflicts?peer=%22%3E%3Cscript%3E1%3C%2Fscript%3E&trace_id=%00");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await DashboardClient.ReadAsync(answer)).ShouldBeSound();
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest); // Refused at the door: no database has text with a NUL.
    }
}
