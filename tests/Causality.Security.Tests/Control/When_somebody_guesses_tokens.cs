using Causality.Security.Tests.Hosting;

namespace Causality.Security.Tests.Control;

public sealed class When_somebody_guesses_tokens
{
    [Fact]
    public async Task Should_answer_429_after_a_few_and_still_serve_who_has_one()
    {
        await using var guarded = await Guarded.StartAsync(new() { ["Control:MaxFailures"] = "5", ["Control:FailureWindow"] = "01:00:00" });
        var root = await guarded.CreateTokenAsync("root", ["operate"]);
        for (var guess = 0; guess < 5; guess++)
            (await guarded.StatusAsync(HttpMethod.Get, "/v1/status", $"causality_guess-{guess}")).ShouldBe(401);
        using var limited = await guarded.SendAsync(HttpMethod.Get, "/v1/status", "causality_one-more");
        await limited.ShouldBeProblemAsync(429, "rate-limited");
        limited.Headers.RetryAfter.ShouldNotBeNull();
        (await guarded.StatusAsync(HttpMethod.Post, "/v1/session", null, System.Net.Http.Json.JsonContent.Create(new { token = "causality_by-the-form" }))).ShouldBe(429);
        (await guarded.StatusAsync(HttpMethod.Get, "/v1/status", root)).ShouldBe(200);
    }

    [Fact]
    public async Task Should_count_and_log_each_reason_without_the_guess()
    {
        await using var guarded = await Guarded.StartAsync();
        var root = await guarded.CreateTokenAsync("root", ["operate"]);
        var reader = await guarded.CreateTokenAsync("reader", ["read"], root);
        var brief = await guarded.CreateTokenAsync("brief", ["read"], root, guarded.Clock.GetUtcNow() + TimeSpan.FromMinutes(1));
        const string guess = "causality_a-guess-that-must-not-be-logged";
        await guarded.StatusAsync(HttpMethod.Get, "/v1/status");
        await guarded.StatusAsync(HttpMethod.Get, "/v1/status", guess);
        await guarded.StatusAsync(HttpMethod.Post, "/v1/schedule/stop", reader);
        await guarded.StatusAsync(HttpMethod.Delete, "/v1/tokens/reader", root);
        await guarded.StatusAsync(HttpMethod.Get, "/v1/status", reader);
        guarded.Clock.Advance(TimeSpan.FromMinutes(2));
        await guarded.StatusAsync(HttpMethod.Get, "/v1/status", brief);
        await guarded.StatusAsync(HttpMethod.Get, "/v1/status", null, null, ("Authorization", "Basic " + guess));

        using var page = await guarded.SendAsync(HttpMethod.Get, "/metrics");
        var metrics = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        foreach (var reason in new[] { "missing", "unknown-token", "role-missing", "revoked-token", "expired-token", "malformed" })
        {
            metrics.ShouldMatch($"causality_control_auth_failures_total\\{{.*reason=\"{reason}\".*\\}} [1-9]");
            guarded.Journal.Lines.ShouldContain(line => line.Contains("[910]") && line.Contains(reason));
        }

        guarded.Journal.Lines.ShouldContain(line => line.Contains("[911]") && line.Contains("root does DELETE /v1/tokens/{name}"));
        guarded.Journal.Lines.ShouldNotContain(line => line.Contains(guess) || line.Contains(root) || line.Contains(reader) || line.Contains(brief));
    }

    [Fact]
    public async Task Should_not_fill_the_log()
    {
        await using var guarded = await Guarded.StartAsync();
        await guarded.CreateTokenAsync("root", ["operate"]);
        for (var request = 0; request < 200; request++)
            (await guarded.StatusAsync(HttpMethod.Get, "/v1/status")).ShouldBe(401);
        guarded.Journal.Lines.Count(line => line.Contains("[910]")).ShouldBeLessThanOrEqualTo(100);
    }
}
