using System.Net;
using Causality.Gateway.Tests.Hosting;
using static Causality.Gateway.Tests.Hosting.Answers;

namespace Causality.Gateway.Tests;

public sealed class When_an_application_reads : IAsyncLifetime
{
    private const int Count = 25;
    private GatewayHost _host = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await GatewayHost.StartAsync();
        var lines = string.Concat(Enumerable.Range(0, Count).Select(number => Line($"e{number}", 1_000 + (number / 2))));
        await _host.Applications.PostAsync("/v1/entries", Body(lines), Token).JsonAsync();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Pages_follow_each_other_without_gap_or_repetition()
    {
        var lines = new List<string>();
        var url = "/v1/entries?limit=7";
        while (url is not null)
        {
            using var page = await _host.Applications.GetAsync(url, Token);
            page.Content.Headers.ContentType!.MediaType.ShouldBe("application/x-ndjson");
            lines.AddRange((await page.Content.ReadAsStringAsync(Token)).Split('\n', StringSplitOptions.RemoveEmptyEntries));
            url = page.Headers.TryGetValues("Link", out var links) ? links.Single().Split('<', '>')[1] : null;
            page.Headers.Contains("Causality-Next").ShouldBe(url is not null);
        }

        lines.Count.ShouldBe(Count);
        lines.Distinct().Count().ShouldBe(Count);
        lines.ShouldBe((await _host.Applications.GetStringAsync("/v1/entries", Token)).Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_time_range_includes_both_ends()
    {
        var lines = await _host.Applications.GetStringAsync("/v1/entries?from=1001&to=1002", Token);

        lines.Count(character => character == '\n').ShouldBe(4);
        (await _host.Applications.GetStringAsync("/v1/entries?from=5000", Token)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("after=x", "after")]
    [InlineData("after=1.zz", "after")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=10001", "limit")]
    [InlineData("from=-1", "from")]
    [InlineData("to=253402300800000", "to")]
    [InlineData("all_versions=1", "all_versions")]
    public async Task A_parameter_out_of_range_is_named(string query, string field) =>
        (await _host.Applications.GetAsync("/v1/entries?" + query, Token).ProblemAsync(HttpStatusCode.BadRequest, "field-out-of-range")).GetProperty("field").GetString().ShouldBe(field);

    [Fact]
    public async Task The_log_tells_its_size_and_publishing_makes_it_visible_to_peers()
    {
        var log = await _host.Applications.PostAsync("/v1/log/publish", null, Token).JsonAsync();

        log.GetProperty("operator_id").GetString().ShouldBe("alpha");
        log.GetProperty("entries").GetInt64().ShouldBe(Count);
        log.GetProperty("segments").GetInt64().ShouldBe(1);
        log.GetProperty("size_bytes").GetInt64().ShouldBeGreaterThan(0);
        log.GetProperty("root").GetString()!.ShouldMatch("^[0-9a-f]{32}$");
        (await _host.Applications.GetAsync("/v1/log", Token).JsonAsync()).GetProperty("root").GetString().ShouldBe(log.GetProperty("root").GetString());
    }

    [Fact]
    public async Task The_identity_is_what_a_peer_needs()
    {
        var identity = await _host.Applications.GetAsync("/v1/identity", Token).JsonAsync();

        identity.GetProperty("operator_id").GetString().ShouldBe("alpha");
        identity.GetProperty("pin").GetString().ShouldBe(_host.Identity.Pin);
        identity.GetProperty("peer_url").GetString()!.ShouldStartWith("https://127.0.0.1:");
    }

    [Theory]
    [InlineData("PUT", "/v1/entries", HttpStatusCode.MethodNotAllowed, "method-not-allowed")]
    [InlineData("GET", "/v1/nothing", HttpStatusCode.NotFound, "not-found")]
    [InlineData("GET", "/sync/v1/info", HttpStatusCode.NotFound, "not-found")]
    public async Task What_is_not_there_is_a_problem(string method, string path, HttpStatusCode status, string slug) =>
        await _host.Applications.SendAsync(new HttpRequestMessage(new HttpMethod(method), path), Token).ProblemAsync(status, slug);

    [Fact]
    public async Task It_is_alive_and_ready()
    {
        (await _host.Applications.GetAsync("/health/live", Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await _host.Applications.GetAsync("/health/ready", Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Without_a_data_folder_it_is_alive_but_not_ready()
    {
        var away = _host.Folder + "-away";
        Directory.Move(_host.Folder, away);
        try
        {
            (await _host.Applications.GetAsync("/health/live", Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
            (await _host.Applications.GetAsync("/health/ready", Token)).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        }
        finally
        {
            if (Directory.Exists(_host.Folder))
                Directory.Delete(_host.Folder, recursive: true);
            Directory.Move(away, _host.Folder);
        }
    }
}
