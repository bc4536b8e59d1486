using System.Net;
using System.Net.Sockets;
using Causality.Contracts;
using Causality.Contracts.Http.Control;
using Causality.Observability.Tests.Tools;
using Causality.Scheduler.Background;
using Causality.Standalone.Embedding;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Causality.Observability.Tests.Alerts;

/// <summary>Operators whose syncs fail, stand still or bring conflicts, and what Prometheus says of it.</summary>
public sealed class When_syncs_go_wrong : IAsyncDisposable
{
    private readonly Operators _operators = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _operators.DisposeAsync();

    [Fact, Proves("PeerNotSynced", "SyncLagBudget")]
    public async Task A_peer_that_is_away_is_missed()
    {
        var one = await _operators.StartAsync("one", sync: sync => (sync.SyncInterval, sync.RetryDelay, sync.MaxRetries) = (TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(10), 1));
        var two = await _operators.StartAsync("two");
        await two.SyncManager.AddPeerAsync(one.AsPeer(), Token);
        await one.SyncManager.AddPeerAsync(two.AsPeer(), Token);
        var healthy = Snap(await one.ScrapeUntilAsync(samples => samples.Value("causality_sync_runs_total", ("outcome", "skipped")) > 0 && samples.Value("causality_sync_lag_seconds") < 4, "a sync that went well"));
        (await RuleTrial.FireAsync(healthy, healthy)).ShouldBeEmpty();

        await two.StopAsync(Token);
        var before = healthy.Series.Single(pair => pair.Key.StartsWith("causality_sync_lag_seconds", StringComparison.Ordinal)).Value;
        var sick = Snap(await one.ScrapeUntilAsync(samples => samples.Value("causality_peer_circuit_state") > 0 && samples.Value("causality_sync_lag_seconds") > before + 1, "a sync that failed"));

        (await RuleTrial.FireAsync(healthy, sick)).ShouldBe(["PeerNotSynced", "SyncLagBudget"]);
    }

    [Fact, Proves("SagaStuck")]
    public async Task A_sync_that_nobody_moves_on_is_seen()
    {
        // The clock of the scheduler is dead: nobody tells the saga that its deadline has passed.
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var one = await _operators.StartAsync("one", sync: sync => (sync.Scheduled, sync.SyncTimeout) = (false, TimeSpan.FromSeconds(1)),
            customize: builder => builder.Services.Remove(builder.Services.Single(service => service.ImplementationType == typeof(SchedulerLoop))));
        await one.SyncManager.AddPeerAsync(new PeerRequest { Id = "silent", Address = $"https://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}", Pins = [new string('0', 64)] }, Token);
        var healthy = Snap(await one.ScrapeUntilAsync(samples => samples.Value("causality_saga_age_seconds", ("state", "Comparing")) == 0, "no sync"));

        var sync = one.SyncManager.SyncWithPeerAsync("silent", cancellationToken: Token);
        var sick = Snap(await one.ScrapeUntilAsync(samples => samples.Value("causality_saga_age_seconds", ("state", "Comparing")) > 1, "a sync that stands still"));

        (await RuleTrial.FireAsync(healthy, healthy)).ShouldBeEmpty();
        (await RuleTrial.FireAsync(healthy, sick)).ShouldBe(["SagaStuck"]);
        sync.IsCompleted.ShouldBeFalse();
    }

    [Fact, Proves("HighConflictRate")]
    public async Task Many_conflicts_are_told()
    {
        var (one, two) = await _operators.StartPairAsync();
        await Operators.AppendAsync(two, "harmless", 200);
        await one.SyncManager.SyncWithPeerAsync("two", cancellationToken: Token);
        var healthy = Snap(await one.ScrapeUntilAsync(samples => samples.Value("causality_sync_entries_total") == 200, "200 entries"));
        await Operators.AppendAsync(two, "more", 100);
        await one.SyncManager.SyncWithPeerAsync("two", cancellationToken: Token);
        var twin = Snap(await one.ScrapeUntilAsync(samples => samples.Value("causality_sync_entries_total") == 300, "300 entries"));

        await Operators.AppendAsync(one, "same", 20, """{"by":1}""");
        await Operators.AppendAsync(two, "same", 20, """{"by":2}""");
        (await one.SyncManager.SyncWithPeerAsync("two", cancellationToken: Token)).Conflicts.ShouldBe(20);
        var sick = Snap(await one.ScrapeUntilAsync(samples => samples.Value("causality_sync_conflicts_total") == 20, "20 conflicts"));

        (await RuleTrial.FireAsync(healthy, twin)).ShouldBeEmpty("a hundred entries without a conflict");
        (await RuleTrial.FireAsync(healthy, sick)).ShouldBe(["HighConflictRate"]);
    }

    private static Snapshot Snap(string page) => Snapshot.Of(("standalone", page));
}
