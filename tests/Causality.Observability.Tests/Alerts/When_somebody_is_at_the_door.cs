using System.Net;
using System.Net.Http.Headers;
using Causality.Observability.Tests.Tools;
using Microsoft.Extensions.DependencyInjection;

namespace Causality.Observability.Tests.Alerts;

/// <summary>Callers, clocks and certificates that are not as they should be.</summary>
public sealed class When_somebody_is_at_the_door : IAsyncDisposable
{
    private readonly Operators _operators = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _operators.DisposeAsync();

    [Fact, Proves("AuthFailures")]
    public async Task Strangers_who_knock_again_and_again_are_told()
    {
        var one = await _operators.StartAsync("one");
        var before = await one.ScrapeAsync();
        var known = Sample.ReadPage(before).Value("causality_auth_failures_total", ("reason", "unauthenticated")).ShouldNotBeNull();
        using var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, _, _, _) => true };
        using var stranger = new HttpClient(handler);

        for (var i = 0; i < 20; i++)
        {
            using var answer = await stranger.GetAsync(new Uri($"{one.PeerAddress}/sync/v1/info"), Token);
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }

        var sick = Snap(await one.ScrapeUntilAsync(samples => samples.Value("causality_auth_failures_total", ("reason", "unauthenticated")) == known + 20, "20 strangers"));
        (await RuleTrial.FireAsync(Snap(before), Snap(before))).ShouldBeEmpty();
        (await RuleTrial.FireAsync(Snap(before), sick, "causality_auth_failures_total")).ShouldBe(["AuthFailures"]);
    }

    [Fact, Proves("RateLimiting")]
    public async Task Callers_who_do_not_heed_a_limit_are_told()
    {
        var one = await _operators.StartAsync("one");
        var before = await one.ScrapeAsync();
        using var guesser = new HttpClient { DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", "guess") } };

        for (var i = 0; i < 60; i++)
            (await guesser.GetAsync(new Uri($"{one.Address}/v1/peers"), Token)).Dispose();

        var sick = Snap(await one.ScrapeUntilAsync(samples => samples.Value("causality_rate_limited_total", ("kind", "rate-limited")) > 20, "limited requests"));
        (await RuleTrial.FireAsync(Snap(before), sick, "causality_rate_limited_total")).ShouldBe(["RateLimiting"]);
    }

    [Fact, Proves("ClockSkew", "CertificateExpiry")]
    public async Task A_peer_with_a_wrong_clock_and_an_old_certificate_is_named()
    {
        var one = await _operators.StartAsync("one");
        var healthy = Snap(await one.ScrapeAsync());
        await using var skewed = await SkewedPeer.StartAsync(TimeSpan.FromSeconds(10), TimeSpan.FromDays(10));
        await one.SyncManager.AddPeerAsync(skewed.AsPeer(), Token);

        await one.SyncManager.SyncWithPeerAsync("skewed", cancellationToken: Token);

        var sick = Snapshot.OfEverybody(("standalone", await one.ScrapeUntilAsync(samples => samples.Value("causality_peer_clock_skew_seconds", ("peer", "skewed")) is not null && samples.Where(sample => sample.Name == "causality_saga_age_seconds").All(sample => sample.Value == 0), "the peer's clock")));
        (await RuleTrial.FireAsync(healthy, healthy)).ShouldBeEmpty();
        (await RuleTrial.FireAsync(healthy, sick)).ShouldBe(["CertificateExpiry", "ClockSkew"]);
    }

    [Fact, Proves("CertificateExpiry")]
    public async Task An_own_certificate_that_was_never_renewed_is_told()
    {
        var young = Snap(await (await _operators.StartAsync("one")).ScrapeAsync());

        // A process that has run for ten years but ten days since it made its certificate.
        var old = await _operators.StartAsync("one-old", customize: builder => builder.Services.AddSingleton<TimeProvider>(new ShiftedTime(-TimeSpan.FromDays(3_642))));

        (await RuleTrial.FireAsync(young, Snap(await old.ScrapeAsync()))).ShouldBe(["CertificateExpiry"]);
    }

    private static Snapshot Snap(string page) => Snapshot.Of(("standalone", page));
}
