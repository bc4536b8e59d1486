using Causality.Dashboard.Tests.Hosting;
using Microsoft.Playwright;

namespace Causality.Dashboard.Tests.Browser;

public sealed class When_pages_are_looked_at(BrowserFixture pair) : IClassFixture<BrowserFixture>
{
    // Every visible text against what is really behind it. Source: WCAG 2.2, 1.4.3.
    private const string FaintTexts = """
        () => {
          const parse = color => { const [r, g, b, a = 1] = color.match(/[\d.]+/g).map(Number); return [r, g, b, a]; };
          const srgb = color => color.startsWith('color(') ? (([r, g, b, a = 1]) => [r * 255, g * 255, b * 255, a])(color.match(/[\d.]+(?=[ )\/])/g).map(Number)) : parse(color);
          const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1];
          const behind = element => {
            if (!element) return srgb(getComputedStyle(document.body).backgroundColor);
            const color = srgb(getComputedStyle(element).backgroundColor);
            return color[3] === 1 ? color : over(color, behind(element.parentElement));
          };
          const light = ([r, g, b]) => { const [x, y, z] = [r, g, b].map(c => (c /= 255) <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4); return .2126 * x + .7152 * y + .0722 * z; };
          const faint = [];
          for (const element of document.querySelectorAll('body *')) {
            const text = [...element.childNodes].filter(node => node.nodeType === 3).map(node => node.textContent.trim()).join('');
            if (!text || !element.checkVisibility() || element.closest('.unseen, .skip, svg, option')) continue;
            const [one, other] = [light(over(srgb(getComputedStyle(element).color), behind(element))), light(behind(element))].sort((a, b) => b - a);
            const ratio = (one + .05) / (other + .05);
            if (ratio < 4.5) faint.push(`${ratio.toFixed(2)} ${element.tagName}.${element.className}: ${text.slice(0, 40)}`);
          }
          return faint;
        }
        """;

    public static TheoryData<string, ColorScheme> Looks
    {
        get
        {
            var looks = new TheoryData<string, ColorScheme>();
            foreach (var path in Paths)
            {
                looks.Add(path, ColorScheme.Light);
                looks.Add(path, ColorScheme.Dark);
            }

            return looks;
        }
    }

    public static TheoryData<string> Narrow => [.. Paths];

    private static string[] Paths =>
    [
        DashboardPaths.Overview, DashboardPaths.Peer("operator-far-away-in-another-building"), DashboardPaths.NewPeer, DashboardPaths.Queues, DashboardPaths.Throughput, DashboardPaths.Conflicts,
        DashboardPaths.Conflict("<script>alert('a very long and hostile id that is wider than any telephone')</script>"), "sync",
    ];

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task Should_be_legible(string path, ColorScheme scheme)
    {
        var page = await pair.OpenAsync(await AddressAsync(path), new() { ColorScheme = scheme });

        (await page.EvaluateAsync<string[]>(FaintTexts)).ShouldBeEmpty();
        var background = await page.EvaluateAsync<int>("Number(getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0])");
        (background < 128).ShouldBe(scheme == ColorScheme.Dark);
        await page.Context.CloseAsync();
    }

    [Theory]
    [MemberData(nameof(Narrow))]
    public async Task Should_fit_on_a_phone(string path)
    {
        var page = await pair.OpenAsync(await AddressAsync(path), new() { ViewportSize = new() { Width = 360, Height = 740 }, HasTouch = true });

        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(360);
        var small = await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('button, .button')].filter(one => one.checkVisibility() && one.getBoundingClientRect().height < 24).map(one => one.outerHTML)");
        small.ShouldBeEmpty();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Should_stand_still_for_whom_movement_disturbs()
    {
        var page = await pair.OpenAsync(DashboardPaths.Overview, new() { ReducedMotion = ReducedMotion.Reduce });

        (await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('*')].filter(one => { const style = getComputedStyle(one); return style.animationName !== 'none' || style.transitionDuration.split(', ').some(time => time !== '0s'); }).map(one => one.tagName)")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_run_no_script_of_a_stranger()
    {
        var page = await pair.OpenAsync("about:blank");
        var asked = new List<string>();
        page.Dialog += (_, dialog) => asked.Add(dialog.Message);
        page.Request += (_, request) => { if (!request.Url.StartsWith(pair.Alpha.Address, StringComparison.Ordinal)) asked.Add(request.Url); };
        foreach (var path in Paths)
            await page.GotoAsync(await AddressAsync(path));

        asked.ShouldBeEmpty();
    }

    /// <summary>Keeps pictures of the pages where somebody wants to look at them: <c>CAUSALITY_PICTURES</c> names a folder.</summary>
    [Fact]
    public async Task Should_be_looked_at_by_people_too()
    {
        var folder = Environment.GetEnvironmentVariable("CAUSALITY_PICTURES");
        Assert.SkipWhen(string.IsNullOrEmpty(folder), "CAUSALITY_PICTURES names no folder for the pictures.");
        foreach (var (name, width, scheme) in new[] { ("light", 1280, ColorScheme.Light), ("dark", 1280, ColorScheme.Dark), ("phone", 360, ColorScheme.Light) })
        {
            foreach (var path in Paths)
            {
                var page = await pair.OpenAsync(await AddressAsync(path), new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 800 } });
                var file = string.Concat(path.Split('/', '?')[^1].Where(char.IsAsciiLetterOrDigit).Take(20));
                await page.ScreenshotAsync(new() { Path = Path.Combine(folder!, $"{file}-{name}.png"), FullPage = true });
                await page.Context.CloseAsync();
            }
        }
    }

    private async Task<string> AddressAsync(string path) => path != "sync" ? path
        : (await pair.Pages.PageAsync(DashboardPaths.Peer("beta"))).QuerySelector("#history tbody tr:last-child a")!.GetAttribute("href")!;
}
