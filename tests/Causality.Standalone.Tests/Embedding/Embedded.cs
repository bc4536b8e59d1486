using Causality.Core;
using Causality.Scheduler.Options;
using Causality.Standalone.Embedding;
using Causality.Storage.Log;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Causality.Standalone.Tests.Embedding;

/// <summary>Operators in the test's process, each in a folder below one that is deleted at the end.</summary>
internal sealed class Embedded : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("causality-embedded-");
    private readonly List<CausalityOperator> _operators = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public string FolderOf(string id) => Path.Combine(_folder.FullName, id);

    /// <summary>Starts an operator; it syncs when asked, unless told otherwise.</summary>
    public async Task<CausalityOperator> StartAsync(string id, Action<SyncOptions>? sync = null, Action<WebApplicationBuilder>? customize = null)
    {
        var one = Create(id, sync, customize);
        await one.StartAsync(Token);
        return one;
    }

    public CausalityOperator Create(string id, Action<SyncOptions>? sync = null, Action<WebApplicationBuilder>? customize = null)
    {
        var one = CausalityOperator.Create(
            options =>
            {
                (options.Id, options.DataFolder, options.Url, options.PeerUrl) = (id, FolderOf(id), "http://127.0.0.1:0", "https://127.0.0.1:0");
                options.Sync = sync ?? (settings => settings.Scheduled = false);
            },
            customize: builder =>
            {
                builder.Logging.SetMinimumLevel(LogLevel.Error);
                customize?.Invoke(builder);
            });
        _operators.Add(one);
        return one;
    }

    /// <summary>Appends entries and makes them visible to peers.</summary>
    public static async Task AppendAsync(CausalityOperator one, string name, int count)
    {
        await one.Log.AppendBatchAsync([.. Enumerable.Range(0, count).Select(number => LogEntry.Create($"{name}-{number}", 1_700_000_000_000 + number, EntryType.Event, "{}"u8))], Token);
        await one.Services.GetRequiredService<ILogWriter>().PublishAsync(Token);
    }

    /// <summary>Makes two operators each other's peers.</summary>
    public static async Task IntroduceAsync(CausalityOperator first, CausalityOperator second)
    {
        await first.SyncManager.AddPeerAsync(second.AsPeer(), Token);
        await second.SyncManager.AddPeerAsync(first.AsPeer(), Token);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var one in _operators)
            await one.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
