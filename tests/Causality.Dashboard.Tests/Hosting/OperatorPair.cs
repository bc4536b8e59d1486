using Causality.Core;
using Causality.Scheduler.Options;
using Causality.Standalone.Embedding;
using Causality.Storage.Log;
using Causality.TestKit.Operators;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Causality.Dashboard.Tests.Hosting;

/// <summary>Two whole operators in this process, <c>alpha</c> and <c>beta</c>, which know each other. Alpha's pages are looked at.</summary>
public class OperatorPair : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("causality-dashboard-");
    private int _entries;

    public CausalityOperator Alpha { get; private set; } = null!;

    public CausalityOperator Beta { get; private set; } = null!;

    internal DashboardClient Pages { get; private set; } = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Alpha = Create("alpha", Arguments);
        Beta = Create("beta", []);
        await Alpha.StartAsync(Token);
        await Beta.StartAsync(Token);
        await Alpha.SyncManager.AddPeerAsync(Beta.AsPeer(), Token);
        await Beta.SyncManager.AddPeerAsync(Alpha.AsPeer(), Token);
        Pages = new DashboardClient(new Uri(Alpha.Address));
        await SeedAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        Pages?.Dispose();
        if (Alpha is not null)
            await Alpha.DisposeAsync();
        if (Beta is not null)
            await Beta.DisposeAsync();
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>More of alpha's configuration.</summary>
    protected virtual string[] Arguments => [];

    /// <summary>What the fixture holds from the beginning.</summary>
    protected virtual Task SeedAsync() => Task.CompletedTask;

    /// <summary>Appends entries to an operator and makes them visible to its peers.</summary>
    public static async Task AppendAsync(CausalityOperator one, params LogEntry[] entries)
    {
        await one.Log.AppendBatchAsync(entries, Token);
        await one.Services.GetRequiredService<ILogWriter>().PublishAsync(Token);
    }

    /// <summary>Gives both operators an entry with this id, of different contents, and lets alpha find out.</summary>
    public async Task CollideAsync(string id, string ours = """{"amount":"5.00"}""", string theirs = """{"amount":"6.00"}""")
    {
        var at = 1_790_000_000_000 + Interlocked.Add(ref _entries, 10);
        await AppendAsync(Alpha, LogEntry.Create(id, at, EntryType.Fact, System.Text.Encoding.UTF8.GetBytes(ours)));
        await AppendAsync(Beta, LogEntry.Create(id, at + 1, EntryType.Fact, System.Text.Encoding.UTF8.GetBytes(theirs)));
        await Alpha.SyncManager.SyncWithPeerAsync("beta", cancellationToken: Token);
        await Eventually.BecomesAsync(() => Pages.GetAsync(DashboardPaths.Conflict(id)), page => page.StatusCode == System.Net.HttpStatusCode.OK, $"the conflict about {id}", Token);
    }

    /// <summary>What alpha's log shows under an id.</summary>
    public async Task<string> ShownAsync(string id) => System.Text.Encoding.UTF8.GetString((await Alpha.Services.GetRequiredService<ILogStorage>().GetByIdAsync(id, Token))!.CanonicalBytes.Span);

    private CausalityOperator Create(string id, string[] arguments) => CausalityOperator.Create(
        options =>
        {
            (options.Id, options.DataFolder, options.Url, options.PeerUrl) = (id, Path.Combine(_folder.FullName, id), "http://127.0.0.1:0", "https://127.0.0.1:0");
            options.Sync = Quick;
        },
        arguments,
        builder => builder.Logging.SetMinimumLevel(LogLevel.Error));

    private static void Quick(SyncOptions sync) => (sync.Scheduled, sync.RetryDelay, sync.MaxRetries) = (false, TimeSpan.FromMilliseconds(10), 1);
}
