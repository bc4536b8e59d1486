using Causality.Core;
using Causality.Standalone.Embedding;
using Causality.Storage.Log;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Causality.OpenApi.Tests.Live;

/// <summary>Two operators in this process that know each other, with logs that differ and quarrel.</summary>
public sealed class RunningOperator : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("causality-openapi-");
    private CausalityOperator? _first;
    private CausalityOperator? _second;

    /// <summary>The one that is asked.</summary>
    public CausalityOperator First => _first!;

    /// <summary>Its peer.</summary>
    public CausalityOperator Second => _second!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        (_first, _second) = (Create("operator-a"), Create("operator-b"));
        await _first.StartAsync(Token);
        await _second.StartAsync(Token);
        await AppendAsync(_first, "ours", """{"amount":1}""");
        await AppendAsync(_second, "theirs", """{"amount":2}""");
        await _first.SyncManager.AddPeerAsync(_second.AsPeer(), Token);
        await _second.SyncManager.AddPeerAsync(_first.AsPeer(), Token);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var one in new[] { _first, _second }.OfType<CausalityOperator>())
            await one.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    // Both have an entry "order-17", each with another content: a conflict for whoever syncs.
    private static async Task AppendAsync(CausalityOperator one, string name, string data)
    {
        await one.Log.AppendBatchAsync(
            [LogEntry.Create($"{name}-1", 1_700_000_000_000, EntryType.Event, "{}"u8), LogEntry.Create("order-17", 1_700_000_000_001, EntryType.Fact, System.Text.Encoding.UTF8.GetBytes(data))], Token);
        await one.Services.GetRequiredService<ILogWriter>().PublishAsync(Token);
    }

    private CausalityOperator Create(string id) => CausalityOperator.Create(
        options =>
        {
            (options.Id, options.DataFolder, options.Url, options.PeerUrl) = (id, Path.Combine(_folder.FullName, id), "http://127.0.0.1:0", "https://127.0.0.1:0");
            options.Sync = sync => sync.Scheduled = false;
        },
        customize: builder => builder.Logging.SetMinimumLevel(LogLevel.Error));
}
