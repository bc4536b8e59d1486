using Causality.Security.Tests.Hosting;
using Causality.Standalone.Embedding;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Causality.Security.Tests.Control;

public sealed class When_nobody_has_a_token_yet
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_let_the_users_of_this_machine_do_everything()
    {
        await using var guarded = await Guarded.StartAsync();
        (await guarded.StatusAsync(HttpMethod.Get, "/v1/status")).ShouldBe(200);
        (await guarded.StatusAsync(HttpMethod.Post, "/v1/schedule/stop")).ShouldBe(204);
        (await guarded.StatusAsync(HttpMethod.Post, "/v1/log/publish")).ShouldBe(200);
    }

    [Fact]
    public async Task Should_refuse_them_once_a_token_was_made_even_when_it_is_gone_again()
    {
        await using var guarded = await Guarded.StartAsync();
        var root = await guarded.CreateTokenAsync("root", ["operate"]);
        (await guarded.StatusAsync(HttpMethod.Get, "/v1/status")).ShouldBe(401);
        (await guarded.StatusAsync(HttpMethod.Delete, "/v1/tokens/root", root)).ShouldBe(204);
        (await guarded.StatusAsync(HttpMethod.Get, "/v1/status")).ShouldBe(401);
    }

    [Fact]
    public async Task Should_not_lock_everybody_out_by_a_first_token_that_cannot_make_others()
    {
        await using var guarded = await Guarded.StartAsync();
        using var answer = await guarded.SendAsync(HttpMethod.Post, "/v1/tokens", null, System.Net.Http.Json.JsonContent.Create(new { name = "writer", roles = new[] { "append" } }));
        (await answer.ShouldBeProblemAsync(400, "field-out-of-range")).GetProperty("detail").GetString().ShouldNotBeNull().ShouldContain("operate");
        (await guarded.StatusAsync(HttpMethod.Get, "/v1/status")).ShouldBe(200);
    }

    [Fact]
    public async Task Should_refuse_them_where_the_settings_say_so()
    {
        await using var guarded = await Guarded.StartAsync(new() { ["Control:AllowLocal"] = "false" });
        (await guarded.StatusAsync(HttpMethod.Get, "/v1/status")).ShouldBe(401);
        (await guarded.StatusAsync(HttpMethod.Get, "/health/ready")).ShouldBe(200);
    }

    [Theory]
    [InlineData("Forwarded", "for=203.0.113.9")]
    [InlineData("X-Forwarded-For", "203.0.113.9")]
    [InlineData("X-Forwarded-Host", "operator.example")]
    [InlineData("X-Forwarded-Proto", "https")]
    [InlineData("X-Real-IP", "127.0.0.1")]
    [InlineData("Via", "1.1 proxy")]
    public async Task Should_not_take_what_came_through_a_proxy_for_a_local_user(string name, string value)
    {
        await using var guarded = await Guarded.StartAsync();
        (await guarded.StatusAsync(HttpMethod.Get, "/v1/status", null, null, (name, value))).ShouldBe(401);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "http://127.0.0.1:1")]
    [InlineData("Origin", "null")]
    public async Task Should_not_act_for_a_page_of_another_site(string name, string value)
    {
        await using var guarded = await Guarded.StartAsync();
        using var answer = await guarded.SendAsync(HttpMethod.Post, "/v1/schedule/stop", null, null, (name, value));
        await answer.ShouldBeProblemAsync(403, "cross-site-request");
        using var content = new StringContent("""{"id":"a","timestamp":1,"entry_type":"fact","data":1}""", System.Text.Encoding.UTF8, "text/plain");
        (await guarded.StatusAsync(HttpMethod.Post, "/v1/entries", null, content, (name, value))).ShouldBe(403);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("localhost.evil.example:80")]
    public async Task Should_not_answer_under_a_name_that_was_pointed_here(string host)
    {
        await using var guarded = await Guarded.StartAsync();
        using var answer = await guarded.SendAsync(HttpMethod.Get, "/v1/status", null, null, ("Host", host));
        await answer.ShouldBeProblemAsync(400, "host-not-allowed");
    }

    [Theory]
    [InlineData("Http:Url", "http://0.0.0.0:0")]
    [InlineData("Http:Url", "http://*:0")]
    [InlineData("Http:ControlUrl", "http://0.0.0.0:0")]
    public async Task Should_not_start_where_other_machines_reach_it(string setting, string url)
    {
        var refused = await Should.ThrowAsync<OptionsValidationException>(async () =>
        {
            await using var guarded = await Guarded.StartAsync(new() { [setting] = url });
        });
        var message = refused.Failures.ShouldHaveSingleItem();
        message.ShouldContain(setting);
        message.ShouldContain(url);
        message.ShouldContain("Control:BootstrapTokenFile");
        message.ShouldContain("causality tokens create");
    }

    [Fact]
    public async Task Should_start_there_with_a_token_of_the_configuration()
    {
        const string token = "a-token-that-the-orchestrator-has-made";
        await using var guarded = await Guarded.StartAsync(new() { ["Http:Url"] = "http://0.0.0.0:0", ["Control:BootstrapToken"] = token });
        var port = new Uri(guarded.Operator.Address.Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal)).Port;
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        using var without = await http.GetAsync("/v1/status", Cancelled);
        await without.ShouldBeProblemAsync(401, "unauthenticated");
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        using var with = await http.GetAsync("/v1/tokens", Cancelled);
        ((int)with.StatusCode).ShouldBe(200);
    }

    [Fact]
    public async Task Should_follow_the_file_of_the_configured_token()
    {
        var folder = Directory.CreateTempSubdirectory("causality-bootstrap-");
        try
        {
            var file = Path.Combine(folder.FullName, "token");
            await File.WriteAllTextAsync(file, new string('a', 40) + "\n", Cancelled);
            await using var guarded = await Guarded.StartAsync(new() { ["Control:BootstrapTokenFile"] = file });
            (await guarded.StatusAsync(HttpMethod.Get, "/v1/status", new string('a', 40))).ShouldBe(200);
            (await guarded.StatusAsync(HttpMethod.Get, "/v1/status")).ShouldBe(401);

            await File.WriteAllTextAsync(file, new string('b', 40), Cancelled);
            guarded.Clock.Advance(TimeSpan.FromSeconds(3));
            (await guarded.StatusAsync(HttpMethod.Get, "/v1/status", new string('b', 40))).ShouldBe(200);
            (await guarded.StatusAsync(HttpMethod.Get, "/v1/status", new string('a', 40))).ShouldBe(401);

            File.Delete(file);
            guarded.Clock.Advance(TimeSpan.FromSeconds(3));
            (await guarded.StatusAsync(HttpMethod.Get, "/v1/status", new string('b', 40))).ShouldBe(401);
            (await guarded.StatusAsync(HttpMethod.Get, "/v1/status")).ShouldBe(401, "a file that is gone opens nothing");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("short")]
    [InlineData("thirty-two characters and a space in it")]
    [InlineData("")]
    public async Task Should_say_what_is_wrong_with_that_file_without_repeating_it(string content)
    {
        var folder = Directory.CreateTempSubdirectory("causality-bootstrap-");
        try
        {
            var file = Path.Combine(folder.FullName, "token");
            await File.WriteAllTextAsync(file, content, Cancelled);
            var refused = await Should.ThrowAsync<OptionsValidationException>(async () =>
            {
                await using var guarded = await Guarded.StartAsync(new() { ["Control:BootstrapTokenFile"] = file });
            });
            refused.Message.ShouldContain("Control:BootstrapTokenFile");
            refused.Message.ShouldContain("openssl rand");
            if (content.Length > 0)
                refused.Message.ShouldNotContain(content);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
