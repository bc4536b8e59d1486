using System.Diagnostics;
using System.Security.Cryptography;
using Causality.Contracts;
using Causality.Messaging;
using Causality.Scheduler.Dashboard.Rendering;
using Causality.Scheduler.Events;
using Causality.Standalone.Embedding;
using Causality.Storage.Log;
using Microsoft.Extensions.Logging;

namespace Causality.Standalone.Demo;

/// <summary>Two whole operators in this process, with real listeners, made equal by publishing <see cref="SyncRequested"/>.</summary>
internal sealed class DemoRun(DemoLog log, IDemoProgress progress)
{
    // Two are enough when nothing else writes; the rest is room for a retry.
    private const int MaxRounds = 4;

    public async Task<DemoReport> RunAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("causality-demo-");
        try
        {
            await using var first = Create("operator-a", folder.FullName);
            await using var second = Create("operator-b", folder.FullName);
            await Task.WhenAll(first.StartAsync(cancellationToken), second.StartAsync(cancellationToken));
            var report = await RunAsync(first, second, cancellationToken);
            await Task.WhenAll(first.StopAsync(CancellationToken.None), second.StopAsync(CancellationToken.None));
            return report;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<DemoReport> RunAsync(CausalityOperator first, CausalityOperator second, CancellationToken cancellationToken)
    {
        await first.SyncManager.AddPeerAsync(second.AsPeer(), cancellationToken);
        await second.SyncManager.AddPeerAsync(first.AsPeer(), cancellationToken);
        progress.Say($"Appending {Show.Entries(log.First.Count)} to {first.Id} and {log.Second.Count:N0} to {second.Id}, {log.Conflicts:N0} of them in conflict.");
        await Task.WhenAll(AppendAsync(first, log.First, cancellationToken), AppendAsync(second, log.Second, cancellationToken));
        progress.Show(await LookAsync(first, cancellationToken), await LookAsync(second, cancellationToken));

        var watch = Stopwatch.StartNew();
        var results = new List<SyncResult>();
        for (var round = 0; round < MaxRounds && !await AreEqualAsync(first, second, cancellationToken); round++)
        {
            results.Add(await SyncAsync(first, second.Id, cancellationToken));
            results.Add(await SyncAsync(second, first.Id, cancellationToken));
        }

        watch.Stop();
        DemoOperator[] operators = [await LookAsync(first, cancellationToken), await LookAsync(second, cancellationToken)];
        return new DemoReport
        {
            Converged = operators[0].Root == operators[1].Root && operators[0].View == operators[1].View,
            Operators = operators,
            EntriesSynced = results.Sum(result => result.EntriesSynced),
            SegmentsSynced = results.Sum(result => result.SegmentsSynced),
            BytesReceived = results.Sum(result => result.BytesReceived),
            Conflicts = operators.Max(one => one.Conflicts),
            Syncs = results.Count,
            ElapsedMs = watch.ElapsedMilliseconds,
            Errors = [.. results.Where(result => result.Error is not null).Select(result => $"{result.PeerId}: {result.Reason}: {result.Error}")],
        };
    }

    private static CausalityOperator Create(string id, string folder) => CausalityOperator.Create(
        options =>
        {
            options.Id = id;
            options.DataFolder = Path.Combine(folder, id);
            options.Url = "http://127.0.0.1:0";
            options.PeerUrl = "https://127.0.0.1:0";
            options.Sync = sync => sync.Scheduled = false;
        },
        customize: builder => builder.Logging.SetMinimumLevel(LogLevel.Error));

    private static async Task AppendAsync(CausalityOperator one, IReadOnlyList<Core.LogEntry> entries, CancellationToken cancellationToken)
    {
        foreach (var batch in entries.Chunk(AppendLimits.MaxBatchEntries / 4))
            await one.Log.AppendBatchAsync(batch, cancellationToken);
        await one.Services.GetRequiredService<ILogWriter>().PublishAsync(cancellationToken);
    }

    private async Task<SyncResult> SyncAsync(CausalityOperator one, string peerId, CancellationToken cancellationToken)
    {
        var (outbox, events) = (one.Services.GetRequiredService<ITransactionalOutbox>(), one.Services.GetRequiredService<EventFeed>());
        var after = await events.LatestAsync(cancellationToken);
        var request = new SyncRequested { SyncId = Guid.NewGuid(), PeerId = peerId, RequestedBy = "demo" };
        await using (var unit = await outbox.BeginAsync(cancellationToken))
        {
            unit.Publish(request);
            await unit.CommitAsync(cancellationToken);
        }

        using var bar = progress.Begin($"{one.Id} from {peerId}");
        await foreach (var published in events.FollowAsync(after, cancellationToken))
        {
            if (published.SyncId != request.SyncId)
                continue;
            bar.Move(published);
            if (EndedSync.ResultOf(published) is { } result)
                return result;
        }

        throw new OperationCanceledException(cancellationToken);
    }

    private static async Task<bool> AreEqualAsync(CausalityOperator first, CausalityOperator second, CancellationToken cancellationToken) =>
        (await first.Log.GetHeadAsync(cancellationToken)).Fingerprint == (await second.Log.GetHeadAsync(cancellationToken)).Fingerprint;

    private static async Task<DemoOperator> LookAsync(CausalityOperator one, CancellationToken cancellationToken)
    {
        var head = await one.Log.GetHeadAsync(cancellationToken);
        var entries = await one.Log.CountAsync(cancellationToken);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var inView = 0L;
        await foreach (var entry in one.Log.ReadAsync(new LogQuery(), cancellationToken))
        {
            hash.AppendData(entry.CanonicalBytes.Span);
            inView++;
        }

        return new DemoOperator
        {
            Id = one.Id,
            Entries = entries,
            Segments = head.SegmentCount,
            Root = head.Fingerprint.ToRoot(),
            Conflicts = entries - inView,
            ViewEntries = inView,
            View = Convert.ToHexStringLower(hash.GetHashAndReset()),
        };
    }
}
