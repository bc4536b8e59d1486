using System.Net.Http.Json;
using System.Text.Json;
using Causality.Contracts.Http.Control;
using Causality.Dashboard.Tests.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Causality.Dashboard.Tests.Browser;

public sealed class When_somebody_signs_in(BrowserFixture pair) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task Should_sign_in_watch_live_and_sign_out()
    {
        using var http = new HttpClient { BaseAddress = new Uri(pair.Alpha.Address) };
        Assert.SkipWhen(Chromium.Missing is not null, Chromium.Missing ?? "");
        using var made = await http.PostAsJsonAsync(ControlRoutes.Tokens, new { name = "ann", roles = new[] { "operate" } }, TestContext.Current.CancellationToken);
        var token = (await made.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("token").GetString()!;

        var page = await pair.OpenAsync(DashboardPaths.Queues);
        await Expect(page.GetByLabel("Token")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("this-is-not-the-token-that-was-made");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("This is no valid token.");

        await page.GetByLabel("Token").FillAsync(token);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Queues");
        await page.GetByRole(AriaRole.Link, new() { Name = "Overview" }).ClickAsync();
        await Expect(page.Locator("#live-state")).ToHaveTextAsync("Live");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sync now with beta" }).ClickAsync();
        await Expect(page.Locator("#history tbody tr").First.Locator("td[data-label='Asked by']")).ToHaveTextAsync("ann");

        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(page.GetByLabel("Token")).ToBeVisibleAsync();
        await page.GotoAsync(DashboardPaths.Overview);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Sign in");
    }
}
