using System.Net.Http.Json;
using Causality.Security.Tests.Hosting;

namespace Causality.Security.Tests.Control;

public sealed class When_a_browser_has_a_session
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_get_a_cookie_that_no_script_and_no_other_site_can_use()
    {
        await using var guarded = await Guarded.StartAsync();
        var root = await guarded.CreateTokenAsync("root", ["operate"]);
        using var answer = await guarded.SendAsync(HttpMethod.Post, "/v1/session", null, JsonContent.Create(new { token = root }));
        var cookie = answer.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem().ToLowerInvariant();
        cookie.ShouldStartWith("causality-session-operator-a=");
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=strict");
        cookie.ShouldContain("path=/");
        cookie.ShouldContain("expires=");
        cookie.ShouldNotContain("secure", customMessage: "it was asked for by http");
        cookie.ShouldNotContain(root.ToLowerInvariant());
        answer.Headers.CacheControl?.NoStore.ShouldBeTrue();
    }

    [Fact]
    public async Task Should_get_it_for_https_only_where_a_proxy_ends_TLS()
    {
        await using var guarded = await Guarded.StartAsync(new() { ["Control:SecureCookie"] = "true" });
        var root = await guarded.CreateTokenAsync("root", ["operate"]);
        using var answer = await guarded.SendAsync(HttpMethod.Post, "/v1/session", null, JsonContent.Create(new { token = root }));
        answer.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem().ToLowerInvariant().ShouldContain("; secure");
    }

    [Fact]
    public async Task Should_act_with_the_roles_of_its_token()
    {
        await using var guarded = await Guarded.StartAsync();
        var root = await guarded.CreateTokenAsync("root", ["operate"]);
        var cookie = await guarded.LogInAsync(await guarded.CreateTokenAsync("reader", ["read"], root));
        using var who = await guarded.SendAsync(HttpMethod.Get, "/v1/session", null, null, ("Cookie", cookie));
        var body = await who.Content.ReadAsStringAsync(Cancelled);
        body.ShouldContain("\"reader\"");
        body.ShouldContain("\"read\"");
        body.ShouldContain("expires_at");
        (await guarded.StatusAsync(HttpMethod.Get, "/v1/status", null, null, ("Cookie", cookie))).ShouldBe(200);
        (await guarded.StatusAsync(HttpMethod.Post, "/v1/schedule/stop", null, null, ("Cookie", cookie), ("Sec-Fetch-Site", "same-origin"))).ShouldBe(403);
    }

    [Theory]
    [InlineData("", "", 403)]
    [InlineData("same-origin", "", 204)]
    [InlineData("none", "", 204)]
    [InlineData("same-site", "", 403)]
    [InlineData("cross-site", "", 403)]
    [InlineData("", "self", 204)]
    [InlineData("", "https://self", 204)]
    [InlineData("", "http://evil.example", 403)]
    [InlineData("", "null", 403)]
    [InlineData("same-origin", "http://evil.example", 403)]
    [InlineData("cross-site", "self", 403)]
    public async Task Should_act_only_for_pages_of_this_address(string site, string origin, int expected)
    {
        await using var guarded = await Guarded.StartAsync();
        var cookie = await guarded.LogInAsync(await guarded.CreateTokenAsync("root", ["operate"]));
        var headers = new List<(string, string)> { ("Cookie", cookie) };
        if (site.Length > 0)
            headers.Add(("Sec-Fetch-Site", site));
        if (origin.Length > 0)
            headers.Add(("Origin", origin switch { "self" => guarded.Address.GetLeftPart(UriPartial.Authority), "https://self" => $"https://{guarded.Address.Authority}", _ => origin }));
        (await guarded.StatusAsync(HttpMethod.Post, "/v1/schedule/stop", null, null, [.. headers])).ShouldBe(expected);
    }

    [Fact]
    public async Task Should_not_be_begun_by_a_page_of_another_site()
    {
        await using var guarded = await Guarded.StartAsync();
        var root = await guarded.CreateTokenAsync("root", ["operate"]);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["token"] = root });
        using var answer = await guarded.SendAsync(HttpMethod.Post, "/v1/session", null, form, ("Sec-Fetch-Site", "cross-site"));
        await answer.ShouldBeProblemAsync(403, "cross-site-request");
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    [Fact]
    public async Task Should_end_with_its_token()
    {
        await using var guarded = await Guarded.StartAsync();
        var root = await guarded.CreateTokenAsync("root", ["operate"]);
        var cookie = await guarded.LogInAsync(await guarded.CreateTokenAsync("reader", ["read"], root));
        (await guarded.StatusAsync(HttpMethod.Get, "/v1/status", null, null, ("Cookie", cookie))).ShouldBe(200);
        (await guarded.StatusAsync(HttpMethod.Delete, "/v1/tokens/reader", root)).ShouldBe(204);
        (await guarded.StatusAsync(HttpMethod.Get, "/v1/status", null, null, ("Cookie", cookie))).ShouldBe(401);
    }

    [Fact]
    public async Task Should_end_after_its_lifetime_however_much_it_is_used()
    {
        await using var guarded = await Guarded.StartAsync(new() { ["Control:SessionLifetime"] = "01:00:00" });
        var cookie = await guarded.LogInAsync(await guarded.CreateTokenAsync("root", ["operate"]));
        guarded.Clock.Advance(TimeSpan.FromMinutes(50));
        (await guarded.StatusAsync(HttpMethod.Get, "/v1/status", null, null, ("Cookie", cookie))).ShouldBe(200);
        guarded.Clock.Advance(TimeSpan.FromMinutes(11));
        (await guarded.StatusAsync(HttpMethod.Get, "/v1/status", null, null, ("Cookie", cookie))).ShouldBe(401);
    }

    [Fact]
    public async Task Should_be_accepted_by_replicas_and_after_a_restart()
    {
        var folder = Directory.CreateTempSubdirectory("causality-replicas-");
        try
        {
            string cookie;
            await using (var first = await Guarded.StartAsync(folder: folder))
            await using (var second = await Guarded.StartAsync(folder: folder))
            {
                cookie = await first.LogInAsync(await first.CreateTokenAsync("root", ["operate"]));
                second.Clock.Advance(TimeSpan.FromSeconds(3));
                (await second.StatusAsync(HttpMethod.Get, "/v1/status", null, null, ("Cookie", cookie))).ShouldBe(200);
            }

            await using var again = await Guarded.StartAsync(folder: folder);
            (await again.StatusAsync(HttpMethod.Get, "/v1/status", null, null, ("Cookie", cookie))).ShouldBe(200);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Should_not_be_accepted_when_it_was_made_up()
    {
        await using var guarded = await Guarded.StartAsync();
        var cookie = await guarded.LogInAsync(await guarded.CreateTokenAsync("root", ["operate"]));
        (await guarded.StatusAsync(HttpMethod.Get, "/v1/status", null, null, ("Cookie", cookie[..^6] + "AAAAAA"))).ShouldBe(401);
        (await guarded.StatusAsync(HttpMethod.Get, "/v1/status", null, null, ("Cookie", "causality-session-operator-a=x"))).ShouldBe(401);
    }

    [Fact]
    public async Task Should_be_ended_by_its_person()
    {
        await using var guarded = await Guarded.StartAsync();
        var cookie = await guarded.LogInAsync(await guarded.CreateTokenAsync("root", ["operate"]));
        using var ended = await guarded.SendAsync(HttpMethod.Delete, "/v1/session", null, null, ("Cookie", cookie), ("Sec-Fetch-Site", "same-origin"));
        ((int)ended.StatusCode).ShouldBe(204);
        ended.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem().ShouldStartWith("causality-session-operator-a=;");
        using var byOthers = await guarded.SendAsync(HttpMethod.Post, "/v1/session/end", null, null, ("Cookie", cookie), ("Sec-Fetch-Site", "cross-site"));
        await byOthers.ShouldBeProblemAsync(403, "cross-site-request");
    }

    [Theory]
    [InlineData("/dashboard", "/dashboard")]
    [InlineData("/dashboard?peer=b", "/dashboard?peer=b")]
    [InlineData("", "/")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("https://evil.example", "/")]
    [InlineData("/a\r\nSet-Cookie: x=y", "/")]
    public async Task Should_go_on_at_a_page_of_this_host_only(string wanted, string expected)
    {
        await using var guarded = await Guarded.StartAsync();
        var root = await guarded.CreateTokenAsync("root", ["operate"]);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["token"] = root, ["return"] = wanted });
        using var answer = await guarded.SendAsync(HttpMethod.Post, "/v1/session", null, form, ("Sec-Fetch-Site", "same-origin"));
        ((int)answer.StatusCode).ShouldBe(303);
        answer.Headers.Location?.OriginalString.ShouldBe(expected);
    }

    [Fact]
    public async Task Should_not_begin_with_a_token_that_may_only_write_entries()
    {
        await using var guarded = await Guarded.StartAsync();
        var root = await guarded.CreateTokenAsync("root", ["operate"]);
        var writer = await guarded.CreateTokenAsync("writer", ["append"], root);
        using var answer = await guarded.SendAsync(HttpMethod.Post, "/v1/session", null, JsonContent.Create(new { token = writer }));
        await answer.ShouldBeProblemAsync(403, "forbidden");
    }
}
