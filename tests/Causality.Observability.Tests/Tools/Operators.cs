using Causality.Core;
using Causality.Scheduler.Options;
using Causality.Standalone.Embedding;
using Causality.Storage.Log;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Causality.Observability.Tests.Tools;

/// <summary>Operators in the test's process, in a folder that is deleted at the end.</summary>
internal sealed class Operators : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("causality-observed-");
    private readonly List<CausalityOperator> _operators = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public string FolderOf(string id) => Path.Combine(_folder.FullName, id);

    /// <summary>Starts an operator that looks at its gauges every second.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="settings">More configuration, <c>Section:Setting=value</c>.</param>
    /// <param name="sync">Its sync settings; by default it syncs only when asked.</param>
    /// <param name="customize">A last look at the host.</param>
    /// <param name="folder">Its data folder; by default one that is deleted at the end.</param>
    public async Task<CausalityOperator> StartAsync(string id, IEnumerable<string>? settings = null, Action<SyncOptions>? sync = null, Action<WebApplicationBuilder>? customize = null, string? folder = null)
    {
        var one = CausalityOperator.Create(
            options =>
            {
                (options.Id, options.DataFolder, options.Url, options.PeerUrl) = (id, folder ?? FolderOf(id), "http://127.0.0.1:0", "https://127.0.0.1:0");
                options.Sync = sync ?? (wanted => wanted.Scheduled = false);
            },
            ["--Metrics:Interval=00:00:01", .. (settings ?? []).Select(setting => "--" + setting)],
            builder =>
            {
                builder.Logging.SetMinimumLevel(LogLevel.Error);
                customize?.Invoke(builder);
            });
        _operators.Add(one);
        await one.StartAsync(Token);
        return one;
    }

    /// <summary>Two operators that know each other.</summary>
    public async Task<(CausalityOperator One, CausalityOperator Two)> StartPairAsync()
    {
        var (one, two) = (await StartAsync("one"), await StartAsync("two"));
        await one.SyncManager.AddPeerAsync(two.AsPeer(), Token);
        await two.SyncManager.AddPeerAsync(one.AsPeer(), Token);
        return (one, two);
    }

    /// <summary>Appends entries with ids of their own and makes them visible to peers.</summary>
    public static async Task AppendAsync(CausalityOperator one, string name, int count, string data = "{}")
    {
        await one.Log.AppendBatchAsync([.. Enumerable.Range(0, count).Select(number => LogEntry.Create($"{name}-{number}", 1_700_000_000_000 + number, EntryType.Event, System.Text.Encoding.UTF8.GetBytes(data)))], Token);
        await one.Services.GetRequiredService<ILogWriter>().PublishAsync(Token);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var one in _operators)
            await one.DisposeAsync();
        _operators.Clear();
        if (_folder.Exists)
            _folder.Delete(recursive: true);
        _folder.Refresh();
    }
}
