using Causality.Core;
using Causality.Dashboard.Tests.Hosting;
using Causality.TestKit.Processes;
using Microsoft.Playwright;

namespace Causality.Dashboard.Tests.Browser;

/// <summary>A pair with real entries, a few conflicts, a sync behind it and one that failed; and a browser.</summary>
public sealed class BrowserFixture : OperatorPair
{
    private const int Lines = 2_000;
    private Chromium? _chromium;

    /// <summary>Opens a page of alpha's; skips the test where there is no browser.</summary>
    internal async Task<IPage> OpenAsync(string path, BrowserNewContextOptions? options = null)
    {
        Assert.SkipWhen(Chromium.Missing is not null, Chromium.Missing ?? "");
        _chromium ??= await Chromium.StartAsync();
        var page = await _chromium.OpenAsync(Alpha.Address, options);
        await page.GotoAsync(path);
        return page;
    }

    public override async ValueTask DisposeAsync()
    {
        if (_chromium is not null)
            await _chromium.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override async Task SeedAsync()
    {
        if (Chromium.Missing is not null)
            return;
        await AppendAsync(Beta, [.. SharedLines.Read(Lines).Select(line => LogEntry.Parse(System.Text.Encoding.UTF8.GetBytes(line)))]);
        await Alpha.SyncManager.AddPeerAsync(new() { Id = "operator-far-away-in-another-building", Address = "https://127.0.0.1:1", Pins = [new string('c', 64)] }, TestContext.Current.CancellationToken);
        await Alpha.SyncManager.SyncAllAsync(cancellationToken: TestContext.Current.CancellationToken);
        foreach (var id in new[] { "order-1", "order-2", "order-3", "<script>alert('a very long and hostile id that is wider than any telephone')</script>" })
            await CollideAsync(id, """{"amount":"5.00","customer":{"name":"Ada","tier":"gold"}}""", """{"amount":"6.00","customer":{"name":"Ada","tier":"silver"}}""");
    }
}
