using System.Diagnostics;
using System.Globalization;
using System.Text;
using Causality.Core;
using Causality.Storage;
using Causality.Storage.Log;
using Causality.Storage.Log.Index;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Causality.ConflictBenchmark;

/// <summary>Builds the index anew from the store, as after a loss of the process.</summary>
internal static class RebuildRace
{
    private const int PerSegment = 10_000;

    /// <summary>Entries a second, by the clock and of one core, on a store of lines of about 256 bytes; the better of two rounds.</summary>
    public static async Task<(double PerSecond, double PerCoreSecond)> MeasureAsync(int entries, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("causality-bench-").FullName;
        try
        {
            await FillAsync(folder, entries, cancellationToken);
            var best = (PerSecond: 0.0, PerCoreSecond: 0.0);
            for (var round = 0; round < 2; round++)
            {
                await using var services = Open(folder);
                await StartAsync(services, cancellationToken);
                var index = services.GetRequiredService<EntryIndex>();
                var (watch, began) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
                await index.RefreshAsync(cancellationToken);
                best = (Math.Max(best.PerSecond, index.Count / watch.Elapsed.TotalSeconds), Math.Max(best.PerCoreSecond, index.Count / (Environment.CpuUsage.TotalTime - began).TotalSeconds));
                if (index.Count != entries)
                    throw new InvalidOperationException($"The index holds {index.Count} of {entries} entries.");
            }

            return best;
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task FillAsync(string folder, int entries, CancellationToken cancellationToken)
    {
        await using var services = Open(folder);
        await StartAsync(services, cancellationToken);
        var log = services.GetRequiredService<ISyncableStorage>();
        var filler = new string('x', 150);
        for (var first = 0; first < entries; first += PerSegment)
        {
            var lines = Enumerable.Range(first, PerSegment).Select(number => LogEntry.Create(
                $"entry-{number.ToString("D12", CultureInfo.InvariantCulture)}", 1_767_225_600_000 + number, EntryType.Fact, Encoding.UTF8.GetBytes($"{{\"text\":\"{filler}\"}}"), "trace-1"));
            await log.ImportSegmentAsync(LogSegment.FromEntries(new SegmentId($"s{first:D12}"), new OperatorId("bench"), lines), cancellationToken);
        }
    }

    private static ServiceProvider Open(string folder)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddCausalityStorage(options =>
        {
            options.DataFolder = folder;
            options.ServiceName = ServiceNames.Standalone;
        });
        return services.BuildServiceProvider();
    }

    private static async Task StartAsync(ServiceProvider services, CancellationToken cancellationToken)
    {
        foreach (var service in services.GetServices<IHostedService>().OfType<IHostedLifecycleService>())
            await service.StartingAsync(cancellationToken);
    }
}
