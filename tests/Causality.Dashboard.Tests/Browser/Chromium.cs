using Microsoft.Playwright;

namespace Causality.Dashboard.Tests.Browser;

/// <summary>Debian's Chromium, or the one that <c>CAUSALITY_CHROMIUM</c> names. Without one the tests are skipped and say so.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private const string Variable = "CAUSALITY_CHROMIUM";
    private const string Default = "/usr/bin/chromium";

    // It must not look for its maker's hosts at the start, which a closed network refuses many times.
    private static readonly string[] Arguments =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"];

    // A bound on what a test that fails waits for; one that goes well never waits so long.
    private const float PatienceMs = 30_000;

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Chromium(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    /// <summary>Why there is no browser; null when there is one.</summary>
    public static string? Missing => File.Exists(Program) ? null : $"There is no browser at {Program}: install Debian's chromium (infra/scripts/test.sh does as root), or name one in {Variable}.";

    private static string Program => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named : Default;

    public static async Task<Chromium> StartAsync()
    {
        Assertions.SetDefaultExpectTimeout(PatienceMs);
        var playwright = await Playwright.CreateAsync();
        return new Chromium(playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Program, Args = Arguments, Headless = true, ChromiumSandbox = false, Timeout = 60_000 }));
    }

    /// <summary>A window of its own, with no history and no cookies.</summary>
    public async Task<IPage> OpenAsync(string address, BrowserNewContextOptions? options = null)
    {
        var context = await _browser.NewContextAsync(Place(options ?? new(), address));
        context.SetDefaultTimeout(PatienceMs);
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    private static BrowserNewContextOptions Place(BrowserNewContextOptions options, string address)
    {
        options.BaseURL = address;
        return options;
    }
}
