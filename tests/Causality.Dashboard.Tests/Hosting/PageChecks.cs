using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Causality.Dashboard.Tests.Hosting;

/// <summary>What holds for every page: nothing inline, nothing from elsewhere, everything named.</summary>
internal static class PageChecks
{
    public static void ShouldBeSound(this IHtmlDocument page)
    {
        page.Doctype.ShouldNotBeNull();
        page.DocumentElement.GetAttribute("lang").ShouldBe("en");
        page.Title.ShouldNotBeNullOrWhiteSpace();
        page.QuerySelectorAll("h1").Length.ShouldBe(1);
        page.QuerySelector("a.skip")!.GetAttribute("href").ShouldBe("#content");
        page.QuerySelector("main#content").ShouldNotBeNull();
        page.All.GroupBy(element => element.Id).Where(group => group.Key is { Length: > 0 } && group.Count() > 1).Select(group => group.Key).ShouldBeEmpty();
        ShouldLoadNothingStrange(page);
        ShouldBeNamed(page);
    }

    private static void ShouldLoadNothingStrange(IHtmlDocument page)
    {
        page.Scripts.ShouldAllBe(script => script.Source != null && script.Source.StartsWith("/dashboard/assets/", StringComparison.Ordinal) && script.TextContent.Length == 0);
        page.QuerySelectorAll("style, [style], base, iframe, object, embed, meta[http-equiv]").ShouldBeEmpty();
        page.All.SelectMany(element => element.Attributes).Where(attribute => attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty();
        page.All.SelectMany(element => element.Attributes).Where(attribute => attribute.Name is "src" or "href" or "action").Select(attribute => attribute.Value)
            .ShouldAllBe(address => address.StartsWith("/dashboard") || address.StartsWith("/v1/session") || address.StartsWith('#') || address.StartsWith('?'));
    }

    private static void ShouldBeNamed(IHtmlDocument page)
    {
        foreach (var field in page.QuerySelectorAll("input:not([type=hidden]), select, textarea"))
        {
            var isNamed = field.HasAttribute("aria-label") || field.HasAttribute("aria-labelledby") || field.Closest("label") is not null || page.QuerySelector($"label[for='{field.Id}']") is not null;
            isNamed.ShouldBeTrue($"{field.OuterHtml} has no label");
        }

        foreach (var described in page.QuerySelectorAll("[aria-labelledby], [aria-describedby]"))
            (described.GetAttribute("aria-labelledby") + " " + described.GetAttribute("aria-describedby")).Split(' ', StringSplitOptions.RemoveEmptyEntries).ShouldAllBe(id => page.GetElementById(id) != null);
        page.QuerySelectorAll("button, a").ShouldAllBe(element => element.TextContent.Trim().Length > 0 || element.HasAttribute("aria-label"));
        page.QuerySelectorAll("[onclick], div[role=button], span[role=button]").ShouldBeEmpty();
        page.QuerySelectorAll("th").ShouldAllBe(head => head.HasAttribute("scope"));
    }
}
