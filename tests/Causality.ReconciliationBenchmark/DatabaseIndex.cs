using System.Diagnostics;
using Causality.Storage;
using Causality.Storage.Database;
using Causality.Storage.Log;
using Causality.Storage.Log.Reconciling;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Causality.ReconciliationBenchmark;

/// <summary>How long the index takes to be ready from a database with many segments.</summary>
internal static class DatabaseIndex
{
    public static async Task MeasureAsync(string server, int segments, Report report)
    {
        var name = $"causality_reconcile_{Guid.NewGuid():N}";
        var folder = Directory.CreateTempSubdirectory("causality-reconcile-");
        await ExecuteAsync($"{server};Database=postgres", $"CREATE DATABASE {name}");
        try
        {
            var services = new ServiceCollection().AddLogging().AddCausalityStorage(options =>
            {
                (options.Provider, options.ConnectionString) = (DatabaseProvider.PostgreSql, $"{server};Database={name}");
                (options.DataFolder, options.ServiceName) = (folder.FullName, "gateway");
            }).BuildServiceProvider();
            await using (services)
            {
                await services.GetRequiredService<DatabaseMigrator>().MigrateAsync();
                await FillAsync(services, segments);
                var index = services.GetRequiredService<SegmentIndex>();
                var heap = GC.GetTotalMemory(forceFullCollection: true);
                var (started, processor) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
                await index.RefreshAsync();
                var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
                report.Add($"index ready from PostgreSQL with {segments:N0} segments, s", seconds, null, "<= 10", seconds <= 10);
                report.Add($"index ready from PostgreSQL with {segments:N0} segments, s of processor time in the service", (Environment.CpuUsage.TotalTime - processor).TotalSeconds);
                var megabytes = (GC.GetTotalMemory(forceFullCollection: true) - heap) / 1e6;
                report.Add($"index from PostgreSQL with {index.Count:N0} segments, MB on the heap", megabytes, null, "<= 150", megabytes <= 150);
                started = Stopwatch.GetTimestamp();
                for (var round = 0; round < 100; round++)
                    await index.RefreshAsync();
                report.Add("refresh of an index that is current, ms", Stopwatch.GetElapsedTime(started).TotalMilliseconds / 100);
            }
        }
        finally
        {
            await ExecuteAsync($"{server};Database=postgres", $"DROP DATABASE {name} WITH (FORCE)");
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Rows as imports leave them, by SQL; the head is that of the same rows.</summary>
    private static async Task FillAsync(ServiceProvider services, int segments)
    {
        var head = await new SyntheticLog(segments, _ => true).GetHeadAsync();
        await using var database = await services.GetRequiredService<IDbContextFactory<CausalityDbContext>>().CreateDbContextAsync();
        database.Database.SetCommandTimeout(TimeSpan.FromMinutes(5));
        foreach (var chunk in Enumerable.Range(0, segments).Chunk(100_000))
        {
            var rows = chunk.Select(SyntheticLog.Segment).ToList();
            await database.Database.ExecuteSqlRawAsync(
                """
                INSERT INTO log.segments (id, origin, start_timestamp, end_timestamp, entry_count, content_hash, size_bytes, changed_version)
                SELECT * FROM unnest({0}, {1}, {2}, {3}, {4}, {5}, {6}, {7})
                """,
                rows.ConvertAll(row => row.Id.Value), rows.ConvertAll(row => row.Origin.Value), rows.ConvertAll(row => row.StartTimestamp), rows.ConvertAll(row => row.EndTimestamp),
                rows.ConvertAll(row => row.EntryCount), rows.ConvertAll(row => row.ContentHash.ToByteArray()), rows.ConvertAll(row => row.SizeBytes), chunk.Select(number => number + 1L).ToArray());
        }

        await database.Database.ExecuteSqlRawAsync(
            "UPDATE log.head SET version = {0}, fingerprint_sum = {1}, segment_count = {2}, entry_count = {3}, size_bytes = {4}",
            head.Version, head.Fingerprint.SumBytes, head.SegmentCount, head.EntryCount, head.SizeBytes);
        await database.Database.ExecuteSqlRawAsync("ANALYZE log.segments");
    }

    private static async Task ExecuteAsync(string connection, string sql)
    {
        var options = new DbContextOptionsBuilder().UseNpgsql(connection + ";Pooling=false").Options;
        await using var database = new DbContext(options);
        await database.Database.ExecuteSqlRawAsync(sql);
    }
}
