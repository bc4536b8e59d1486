using System.Net;
using Causality.Contracts;
using Causality.Observability.Tests.Tools;
using Causality.Standalone.Embedding;

namespace Causality.Observability.Tests.Metrics;

/// <summary>The metrics page of a running operator.</summary>
public sealed class When_an_operator_is_scraped : IAsyncDisposable
{
    private readonly Operators _operators = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _operators.DisposeAsync();

    [Fact]
    public async Task Should_satisfy_promtool()
    {
        Promtool.Require();
        var (one, _) = await SyncedPairAsync();

        var (code, output) = await Promtool.RunAsync(await one.ScrapeAsync(), "check", "metrics");

        (code, output).ShouldBe((0, ""));
    }

    [Fact]
    public async Task Should_tell_how_the_syncs_went()
    {
        var (one, _) = await SyncedPairAsync();

        var page = await one.ScrapeUntilAsync(samples => samples.Value("causality_root_match", ("peer", "two")) == 1, "equal roots");

        var samples = Sample.ReadPage(page);
        samples.Value("causality_sync_runs_total", ("peer", "two"), ("outcome", "completed")).ShouldBe(1);
        samples.Value("causality_sync_runs_total", ("peer", "two"), ("outcome", "failed")).ShouldBe(0);
        samples.Value("causality_sync_entries_total", ("peer", "two")).ShouldBe(20);
        samples.Value("causality_sync_duration_seconds_count", ("outcome", "completed")).ShouldBe(1);
        samples.Value("causality_sync_lag_seconds", ("peer", "two")).ShouldNotBeNull().ShouldBeLessThan(60);
        samples.Value("causality_sync_interval_seconds", ("peer", "two")).ShouldBeNull("the schedule is off");
        samples.Value("causality_peer_circuit_state", ("peer", "two")).ShouldBe(0);
        samples.Value("causality_dead_letters", ("queue", "transfer-segments")).ShouldBe(0);
        samples.Value("causality_saga_age_seconds", ("state", "Comparing")).ShouldBe(0);
        samples.Value("causality_store_free_bytes").ShouldNotBeNull().ShouldBeGreaterThan(0);
        samples.Value("causality_peer_clock_skew_seconds", ("peer", "two")).ShouldNotBeNull().ShouldBeInRange(-1.5, 1.5);
        samples.Value("causality_build_info", ("service", "standalone")).ShouldBe(1);
        // The totals of the process: the other operator of this test is in it, too.
        samples.Value("causality_transfer_bytes_total", ("direction", "in")).ShouldNotBeNull().ShouldBeGreaterThan(0);
        samples.Value("causality_diff_round_trips_total").ShouldNotBeNull().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Should_forget_a_peer_that_was_removed()
    {
        var (one, _) = await SyncedPairAsync();
        await one.ScrapeUntilAsync(samples => samples.Value("causality_sync_lag_seconds", ("peer", "two")) is not null, "the peer");

        await one.SyncManager.RemovePeerAsync("two", Token);

        await one.ScrapeUntilAsync(samples => samples.Value("causality_sync_lag_seconds", ("peer", "two")) is null, "no peer");
    }

    [Fact]
    public async Task Should_not_exist_at_the_peers_door()
    {
        var one = await _operators.StartAsync("one");
        using var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, _, _, _) => true };
        using var stranger = new HttpClient(handler);

        using var answer = await stranger.GetAsync(new Uri($"{one.PeerAddress}/metrics"), Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Should_have_a_listener_of_its_own_when_told_so()
    {
        var port = TestKit.Processes.FreePorts.Take(1)[0];
        var one = await _operators.StartAsync("one", [$"Metrics:Url=http://127.0.0.1:{port}"]);
        using var http = new HttpClient();

        (await Scraping.ReadAsync($"http://127.0.0.1:{port}/metrics")).ShouldContain("causality_build_info");
        foreach (var closed in new[] { $"{one.Address}/metrics", $"http://127.0.0.1:{port}/health/live", $"http://127.0.0.1:{port}/v1/peers" })
        {
            using var answer = await http.GetAsync(new Uri(closed), Token);
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, closed);
        }
    }

    [Theory]
    [InlineData("Metrics:Url=ftp://127.0.0.1:1", "Metrics:Url")]
    [InlineData("Metrics:Interval=00:00:00", "Metrics:Interval")]
    [InlineData("Metrics:SeriesPerInstrument=1", "Metrics:SeriesPerInstrument")]
    public async Task Should_name_a_setting_that_is_wrong(string setting, string named)
    {
        var fault = await Should.ThrowAsync<Exception>(() => _operators.StartAsync("one", [setting]));

        fault.Message.ShouldContain(named);
    }

    private async Task<(CausalityOperator One, CausalityOperator Two)> SyncedPairAsync()
    {
        var (one, two) = await _operators.StartPairAsync();
        await Operators.AppendAsync(two, "by-two", 20);
        (await one.SyncManager.SyncWithPeerAsync("two", cancellationToken: Token)).Status.ShouldBe(SyncStatus.Completed);
        (await one.SyncManager.SyncWithPeerAsync("two", cancellationToken: Token)).Status.ShouldBe(SyncStatus.Skipped);
        return (one, two);
    }
}
