using Causality.Dashboard.Tests.Hosting;
using Causality.TestKit.Operators;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Causality.Dashboard.Tests.Browser;

public sealed class When_somebody_acts(BrowserFixture pair) : IClassFixture<BrowserFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_add_pause_resume_and_remove_a_peer(bool withScripts)
    {
        var id = withScripts ? "added" : "added-without";
        var page = await pair.OpenAsync(DashboardPaths.NewPeer, new() { JavaScriptEnabled = withScripts });
        await page.GetByLabel("Operator id").FillAsync(id);
        await page.GetByLabel("Address of its gateway").FillAsync("http://insecure.example");
        await page.GetByLabel("Pins of its key").FillAsync(new string('d', 64));
        await page.GetByRole(AriaRole.Button, new() { Name = "Add the peer" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("is not an https address");
        await Expect(page.GetByLabel("Operator id")).ToHaveValueAsync(id);

        await page.GetByLabel("Address of its gateway").FillAsync("https://127.0.0.1:1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add the peer" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(id);

        await page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await Expect(page.Locator("#standing .badge").First).ToHaveTextAsync("Paused");
        await page.GetByRole(AriaRole.Button, new() { Name = "Resume" }).ClickAsync();
        await Expect(page.Locator(".notice")).ToContainTextAsync("on again");

        await page.GetByRole(AriaRole.Link, new() { Name = "Remove…" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = $"Remove {id}" }).ClickAsync();
        await Expect(page.Locator(".notice")).ToContainTextAsync("removed");
        (await pair.Alpha.SyncManager.ListPeersAsync(Token)).ShouldNotContain(peer => peer.PeerId == id);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_decide_a_conflict_and_undo_it(bool withScripts)
    {
        var page = await pair.OpenAsync(DashboardPaths.Conflicts, new() { JavaScriptEnabled = withScripts });
        await page.GetByRole(AriaRole.Link, new() { Name = "order-1", Exact = true }).ClickAsync();
        await Expect(page.Locator(".members tr.differs")).ToHaveCountAsync(3);

        await page.GetByPlaceholder("Why (optional)").Nth(1).FillAsync("ours is the signed one");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show version 2" }).ClickAsync();
        await Expect(page.Locator(".notice")).ToContainTextAsync("Decided");
        (await pair.ShownAsync("order-1")).ShouldContain("5.00");

        await page.GetByRole(AriaRole.Button, new() { Name = "Undo the last decision" }).ClickAsync();
        await Expect(page.Locator(".notice")).ToContainTextAsync("Undone");
        (await pair.ShownAsync("order-1")).ShouldContain("6.00");
    }

    [Fact]
    public async Task Should_preview_many_and_apply_what_was_previewed()
    {
        var page = await pair.OpenAsync(DashboardPaths.Conflicts);
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "order-2", Exact = true }).CheckAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "order-3", Exact = true }).CheckAsync();
        await Expect(page.Locator("#chosen")).ToHaveTextAsync("2 ticked");
        await page.Locator("select[name=action]").SelectOptionAsync("local-wins");
        await page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();

        await Expect(page.Locator("main > table tbody tr")).ToHaveCountAsync(2);
        (await pair.ShownAsync("order-2")).ShouldContain("6.00");
        await page.GetByRole(AriaRole.Button, new() { Name = "Apply to 2" }).ClickAsync();
        await Expect(page.Locator(".notice")).ToContainTextAsync("exactly as previewed");
        (await pair.ShownAsync("order-2")).ShouldContain("5.00");
        (await pair.ShownAsync("order-3")).ShouldContain("5.00");
    }

    [Fact]
    public async Task Should_need_nothing_but_the_keyboard()
    {
        var page = await pair.OpenAsync(DashboardPaths.Overview);
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Locator("a.skip")).ToBeFocusedAsync();
        await Expect(page.Locator("a.skip")).ToBeInViewportAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("main")).ToBeFocusedAsync();

        var sync = page.GetByRole(AriaRole.Button, new() { Name = "Sync now with beta" });
        var outline = "";
        for (var presses = 0; presses < 40 && !await sync.EvaluateAsync<bool>("button => button === document.activeElement"); presses++)
        {
            await page.Keyboard.PressAsync("Tab");
            outline = await page.EvaluateAsync<string>("getComputedStyle(document.activeElement).outlineStyle");
            outline.ShouldBe("solid");
        }

        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("beta");
        await Eventually.BecomesAsync(() => pair.Alpha.SyncManager.ListPeersAsync(Token), peers => peers.Single(peer => peer.PeerId == "beta").SuccessfulSyncs > 0, "the sync", Token);
    }
}
