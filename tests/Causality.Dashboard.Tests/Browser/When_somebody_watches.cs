using Causality.Core;
using Causality.Dashboard.Tests.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Causality.Dashboard.Tests.Browser;

public sealed class When_somebody_watches(BrowserFixture pair) : IClassFixture<BrowserFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_show_the_end_of_a_sync_without_a_reload()
    {
        var page = await pair.OpenAsync(DashboardPaths.Overview);
        var errors = new List<string>();
        page.Console += (_, message) => { if (message.Type == "error") errors.Add(message.Text); };
        await Expect(page.Locator("#live-state")).ToHaveTextAsync("Live");
        await page.EvaluateAsync("window.isSamePage = true");

        await OperatorPair.AppendAsync(pair.Beta, LogEntry.Create($"watched-{Guid.NewGuid()}", 1_700_000_000_000, EntryType.Event, "{}"u8));
        await pair.Alpha.SyncManager.SyncWithPeerAsync("beta", cancellationToken: Token);

        await Expect(Row(page, "beta").Locator(".badge")).ToHaveTextAsync("Caught up");
        await Expect(page.Locator("#announce")).ToHaveTextAsync("The sync with beta has completed.");
        (await page.EvaluateAsync<bool>("window.isSamePage === true")).ShouldBeTrue();
        errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_sync_from_the_page_and_finish_before_the_eyes()
    {
        await OperatorPair.AppendAsync(pair.Beta, LogEntry.Create($"clicked-{Guid.NewGuid()}", 1_700_000_000_000, EntryType.Event, "{}"u8));
        var page = await pair.OpenAsync(DashboardPaths.Overview);

        await page.GetByRole(AriaRole.Button, new() { Name = "Sync now with beta" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync("A sync has been requested");
        await Expect(page.Locator("#history tbody tr").First.Locator(".badge")).ToHaveTextAsync("completed");
        await Expect(page.Locator("#history tbody tr").First.Locator("td[data-label='New entries']")).ToHaveTextAsync("1");
    }

    [Fact]
    public async Task Should_go_on_where_the_stream_was_when_the_window_is_seen_again()
    {
        var page = await pair.OpenAsync(DashboardPaths.Overview);
        await Expect(page.Locator("#live-state")).ToHaveTextAsync("Live");
        await HideAsync(page, true);
        await OperatorPair.AppendAsync(pair.Beta, LogEntry.Create($"unseen-{Guid.NewGuid()}", 1_700_000_000_000, EntryType.Event, "{}"u8));
        await pair.Alpha.SyncManager.SyncWithPeerAsync("beta", cancellationToken: Token);

        var resumed = page.WaitForRequestAsync(request => request.Url.Contains("/v1/events?after=", StringComparison.Ordinal));
        await HideAsync(page, false);

        await resumed;
        await Expect(page.Locator("#announce")).ToHaveTextAsync("The sync with beta has completed.");
    }

    [Fact]
    public async Task Should_keep_the_keyboard_where_it_is_when_a_row_is_drawn_anew()
    {
        var page = await pair.OpenAsync(DashboardPaths.Overview);
        var button = page.GetByRole(AriaRole.Button, new() { Name = "Sync now with beta" });
        await button.FocusAsync();
        await page.Locator("#peers").EvaluateAsync("peers => { peers.querySelector('table').dataset.old = 'yes'; }");

        await OperatorPair.AppendAsync(pair.Beta, LogEntry.Create($"focus-{Guid.NewGuid()}", 1_700_000_000_000, EntryType.Event, "{}"u8));
        await pair.Alpha.SyncManager.SyncWithPeerAsync("beta", cancellationToken: Token);

        await Expect(page.Locator("#peers table:not([data-old])")).ToHaveCountAsync(1);
        await Expect(button).ToBeFocusedAsync();
    }

    private static ILocator Row(IPage page, string peer) => page.Locator("#peers tbody tr", new() { HasText = peer }).First;

    private static Task HideAsync(IPage page, bool hidden) => page.EvaluateAsync(
        "hidden => { Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden }); document.dispatchEvent(new Event('visibilitychange')); }", hidden);
}
