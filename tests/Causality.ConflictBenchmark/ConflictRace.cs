using System.Diagnostics;
using System.Globalization;
using System.Text;
using Causality.ConflictResolver.Extensions;
using Causality.Contracts;
using Causality.Core;
using Causality.Storage;
using Causality.Storage.Log;
using Causality.TestKit.Operators;
using Npgsql;

namespace Causality.ConflictBenchmark;

/// <summary>One sync brings very many conflicts: from the command to the answer, on PostgreSQL where one is named. Beside it: PostgreSQL takes the same rows by COPY.</summary>
internal static class ConflictRace
{
    private const int PerSegment = 10_000;

    /// <summary>Conflicts a second of the resolver, and of COPY into tables with the same keys; the latter null without a server.</summary>
    public static async Task<(double Ours, double? Other)> MeasureAsync(int conflicts, CancellationToken cancellationToken)
    {
        var backend = OperatorStore.IsAvailable(Backend.PostgreSql) ? Backend.PostgreSql : Backend.Embedded;
        await using var store = await OperatorStore.CreateAsync(backend);
        await using var host = await OperatorHost.StartAsync(store, ServiceNames.ConflictResolver, builder => builder.Services.AddConflictResolver(), bus =>
        {
            bus.AddConflictResolverConsumers();
            bus.Record<ConflictsResolved>();
        }, settings: new Dictionary<string, string?> { ["Conflicts:CheckInterval"] = "01:00:00" });
        var command = new ResolveConflicts { SyncId = Guid.NewGuid(), Attempt = 1, PeerId = "beta" };
        for (var first = 0; first < conflicts; first += PerSegment)
        {
            await host.Log.ImportSegmentAsync(Segment("ours", first, 0), cancellationToken);
            await host.Log.ImportBatchAsync([Segment("theirs", first, 1)], (database, results, token) => Arrivals.RecordAsync(database, results, "beta", command.SyncId, 0, token), cancellationToken);
        }

        var watch = Stopwatch.StartNew();
        await host.PublishAsync(command);
        var answer = (await WaitAsync(host, command.SyncId, cancellationToken)).Conflicts;
        watch.Stop();
        if (answer != conflicts)
            throw new InvalidOperationException($"The resolver found {answer} of {conflicts} conflicts.");

        var other = backend == Backend.PostgreSql ? await CopyAsync(store.Settings["Storage:ConnectionString"]!, conflicts, cancellationToken) : (double?)null;
        return (conflicts / watch.Elapsed.TotalSeconds, other);
    }

    private static async Task<ConflictsResolved> WaitAsync(OperatorHost host, Guid syncId, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            if (host.Bus.Of<ConflictsResolved>(answer => answer.SyncId == syncId) is [var answer])
                return answer;
        }

        throw new OperationCanceledException(cancellationToken);
    }

    private static LogSegment Segment(string name, int first, int version) => LogSegment.FromEntries(
        new SegmentId($"{name}-{first:D9}"), new OperatorId(name), Enumerable.Range(first, PerSegment).Select(number => LogEntry.Create(
            $"entry-{number.ToString("D12", CultureInfo.InvariantCulture)}", 1_767_225_600_000 + (number * 2) + version, EntryType.Fact, Encoding.UTF8.GetBytes($"{{\"version\":{version}}}"), "trace-1")));

    private static async Task<double> CopyAsync(string connectionString, int conflicts, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using (var create = new NpgsqlCommand("CREATE TABLE bench_versions (subject text COLLATE \"C\", hash text COLLATE \"C\", timestamp bigint, peer text, PRIMARY KEY (subject, hash))", connection))
            await create.ExecuteNonQueryAsync(cancellationToken);
        var watch = Stopwatch.StartNew();
        await using (var writer = await connection.BeginBinaryImportAsync("COPY bench_versions FROM STDIN (FORMAT binary)", cancellationToken))
        {
            for (var number = 0; number < conflicts * 2; number++)
            {
                await writer.StartRowAsync(cancellationToken);
                await writer.WriteAsync($"entry-{number / 2:D12}", cancellationToken);
                await writer.WriteAsync(number.ToString("x64", CultureInfo.InvariantCulture), cancellationToken);
                await writer.WriteAsync((long)number, cancellationToken);
                await writer.WriteAsync("beta", cancellationToken);
            }

            await writer.CompleteAsync(cancellationToken);
        }

        return conflicts / watch.Elapsed.TotalSeconds;
    }
}
