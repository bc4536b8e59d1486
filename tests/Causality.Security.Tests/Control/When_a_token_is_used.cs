using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using Causality.Security.Tests.Hosting;
using Causality.TestKit.Operators;

namespace Causality.Security.Tests.Control;

public sealed class When_a_token_is_used
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_allow_what_its_roles_allow_and_nothing_else()
    {
        await using var guarded = await Guarded.StartAsync();
        var root = await guarded.CreateTokenAsync("root", ["operate"]);
        var tokens = new Dictionary<string, string>
        {
            ["operate"] = root,
            ["read"] = await guarded.CreateTokenAsync("reader", ["read"], root),
            ["append"] = await guarded.CreateTokenAsync("writer", ["append"], root),
        };
        (HttpMethod Method, string Path, string[] Allowed)[] routes =
        [
            (HttpMethod.Get, "/v1/status", ["read", "operate"]),
            (HttpMethod.Get, "/v1/peers", ["read", "operate"]),
            (HttpMethod.Get, "/v1/conflicts/summary", ["read", "operate"]),
            (HttpMethod.Get, "/v1/entries", ["read", "operate"]),
            (HttpMethod.Get, "/v1/session", ["read", "operate"]),
            (HttpMethod.Get, "/v1/tokens", ["operate"]),
            (HttpMethod.Post, "/v1/syncs", ["operate"]),
            (HttpMethod.Post, "/v1/schedule/stop", ["operate"]),
            (HttpMethod.Post, "/v1/conflicts/decide", ["operate"]),
            (HttpMethod.Post, "/v1/tokens", ["operate"]),
            (HttpMethod.Post, "/v1/entries", ["append"]),
            (HttpMethod.Post, "/v1/log/publish", ["append"]),
        ];
        foreach (var (method, path, allowed) in routes)
        {
            foreach (var (role, token) in tokens)
            {
                var status = await guarded.StatusAsync(method, path, token);
                if (allowed.Contains(role))
                    status.ShouldNotBeOneOf([401, 403, 404], $"{role} {method} {path}");
                else
                    status.ShouldBe(403, $"{role} {method} {path}");
            }

            (await guarded.StatusAsync(method, path)).ShouldBe(401, $"nobody {method} {path}");
        }
    }

    [Fact]
    public async Task Should_name_the_role_that_is_missing()
    {
        await using var guarded = await Guarded.StartAsync();
        var root = await guarded.CreateTokenAsync("root", ["operate"]);
        var reader = await guarded.CreateTokenAsync("reader", ["read"], root);
        using var answer = await guarded.SendAsync(HttpMethod.Post, "/v1/schedule/stop", reader);
        (await answer.ShouldBeProblemAsync(403, "forbidden")).GetProperty("role").GetString().ShouldBe("operate");
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer two words")]
    [InlineData("Bearer causality_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("Basic cm9vdDpyb290")]
    [InlineData("' OR 1=1 --")]
    [InlineData("Bearer ' OR '1'='1")]
    public async Task Should_refuse_what_is_none_and_not_say_why(string header)
    {
        await using var guarded = await Guarded.StartAsync();
        await guarded.CreateTokenAsync("root", ["operate"]);
        using var answer = await guarded.SendAsync(HttpMethod.Get, "/v1/status", null, null, ("Authorization", header));
        var problem = await answer.ShouldBeProblemAsync(401, "unauthenticated");
        answer.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
        using var without = await guarded.SendAsync(HttpMethod.Get, "/v1/status");
        (await without.ShouldBeProblemAsync(401, "unauthenticated")).GetProperty("detail").GetString().ShouldBe(problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Should_be_worth_nothing_once_it_is_revoked()
    {
        await using var guarded = await Guarded.StartAsync();
        var root = await guarded.CreateTokenAsync("root", ["operate"]);
        var reader = await guarded.CreateTokenAsync("reader", ["read"], root);
        (await guarded.StatusAsync(HttpMethod.Get, "/v1/status", reader)).ShouldBe(200);
        (await guarded.StatusAsync(HttpMethod.Delete, "/v1/tokens/reader", root)).ShouldBe(204);
        (await guarded.StatusAsync(HttpMethod.Get, "/v1/status", reader)).ShouldBe(401);
        (await guarded.StatusAsync(HttpMethod.Delete, "/v1/tokens/reader", root)).ShouldBe(204, "twice is once");
        using var unknown = await guarded.SendAsync(HttpMethod.Delete, "/v1/tokens/nobody", root);
        await unknown.ShouldBeProblemAsync(404, "unknown-token");
    }

    [Fact]
    public async Task Should_be_revoked_in_other_processes_within_seconds()
    {
        var folder = Directory.CreateTempSubdirectory("causality-two-processes-");
        try
        {
            await using var first = await Guarded.StartAsync(folder: folder);
            await using var second = await Guarded.StartAsync(folder: folder);
            var root = await first.CreateTokenAsync("root", ["operate"]);
            second.Clock.Advance(TimeSpan.FromSeconds(2.1));
            (await second.StatusAsync(HttpMethod.Get, "/v1/status", root)).ShouldBe(200, "a token that another process made is known at once");
            (await first.StatusAsync(HttpMethod.Delete, "/v1/tokens/root", root)).ShouldBe(204);
            second.Clock.Advance(TimeSpan.FromSeconds(2.1));
            (await second.StatusAsync(HttpMethod.Get, "/v1/status", root)).ShouldBe(401);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Should_end_a_stream_of_events_when_it_is_revoked()
    {
        await using var guarded = await Guarded.StartAsync();
        var root = await guarded.CreateTokenAsync("root", ["operate"]);
        var reader = await guarded.CreateTokenAsync("reader", ["read"], root);
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(guarded.Address, "/v1/events"));
        request.Headers.Authorization = new("Bearer", reader);
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancelled);
        await using var items = SseParser.Create(await answer.Content.ReadAsStreamAsync(Cancelled)).EnumerateAsync(Cancelled).GetAsyncEnumerator(Cancelled);
        (await items.MoveNextAsync()).ShouldBeTrue();
        var next = items.MoveNextAsync().AsTask();
        (await guarded.StatusAsync(HttpMethod.Delete, "/v1/tokens/reader", root)).ShouldBe(204);

        (await next.WaitAsync(Eventually.Patience, Cancelled)).ShouldBeFalse();
    }

    [Fact]
    public async Task Should_expire()
    {
        await using var guarded = await Guarded.StartAsync();
        var root = await guarded.CreateTokenAsync("root", ["operate"]);
        var brief = await guarded.CreateTokenAsync("brief", ["read"], root, guarded.Clock.GetUtcNow() + TimeSpan.FromHours(1));
        (await guarded.StatusAsync(HttpMethod.Get, "/v1/status", brief)).ShouldBe(200);
        guarded.Clock.Advance(TimeSpan.FromMinutes(61));
        (await guarded.StatusAsync(HttpMethod.Get, "/v1/status", brief)).ShouldBe(401);
        (await guarded.CreateTokenAsync("brief", ["read"], root)).ShouldNotBe(brief, "its name is free again");
    }

    [Fact]
    public async Task Should_stand_in_the_list_with_its_last_use_but_without_its_text()
    {
        await using var guarded = await Guarded.StartAsync();
        var root = await guarded.CreateTokenAsync("root", ["operate"]);
        var reader = await guarded.CreateTokenAsync("reader", ["read"], root);
        guarded.Clock.Advance(TimeSpan.FromMinutes(10));
        (await guarded.StatusAsync(HttpMethod.Get, "/v1/status", reader)).ShouldBe(200);
        using var answer = await guarded.SendAsync(HttpMethod.Get, "/v1/tokens", root);
        var body = await answer.Content.ReadAsStringAsync(Cancelled);
        body.ShouldNotContain(reader);
        body.ShouldNotContain(root);
        var row = JsonDocument.Parse(body).RootElement.EnumerateArray().Single(one => one.GetProperty("name").GetString() == "reader");
        row.GetProperty("created_by").GetString().ShouldBe("root");
        row.GetProperty("state").GetString().ShouldBe("active");
        row.GetProperty("last_used_at").GetDateTimeOffset().ShouldBe(guarded.Clock.GetUtcNow(), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Should_be_nowhere_in_the_data_folder()
    {
        await using var guarded = await Guarded.StartAsync();
        var root = await guarded.CreateTokenAsync("root", ["operate"]);
        (await guarded.StatusAsync(HttpMethod.Get, "/v1/status", root)).ShouldBe(200);
        var needle = Encoding.UTF8.GetBytes(root);
        foreach (var file in Directory.EnumerateFiles(guarded.Folder, "*", SearchOption.AllDirectories))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[stream.Length];
            await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, Cancelled);
            bytes.AsSpan().IndexOf(needle).ShouldBe(-1, file);
        }
    }

    [Theory]
    [InlineData("""{"roles":["read"]}""", "name")]
    [InlineData("""{"name":"","roles":["read"]}""", "name")]
    [InlineData("""{"name":"Root","roles":["read"]}""", "name")]
    [InlineData("""{"name":"bootstrap","roles":["read"]}""", "name")]
    [InlineData("""{"name":"local","roles":["read"]}""", "name")]
    [InlineData("""{"name":"a\nb","roles":["read"]}""", "name")]
    [InlineData("""{"name":"x'; DROP TABLE control.tokens; --","roles":["read"]}""", "name")]
    [InlineData("""{"name":"a"}""", "roles")]
    [InlineData("""{"name":"a","roles":[]}""", "roles")]
    [InlineData("""{"name":"a","roles":["root"]}""", "roles")]
    [InlineData("""{"name":"a","roles":["read"],"expires_at":"2000-01-01T00:00:00Z"}""", "expires_at")]
    public async Task Should_not_be_made_from_a_request_that_is_wrong(string body, string field)
    {
        await using var guarded = await Guarded.StartAsync();
        var root = await guarded.CreateTokenAsync("root", ["operate"]);
        using var answer = await guarded.SendAsync(HttpMethod.Post, "/v1/tokens", root, new StringContent(body, Encoding.UTF8, "application/json"));
        (await answer.ShouldBeProblemAsync(400, "field-out-of-range")).GetProperty("field").GetString().ShouldBe(field);
    }

    [Fact]
    public async Task Should_not_be_made_twice()
    {
        await using var guarded = await Guarded.StartAsync();
        var root = await guarded.CreateTokenAsync("root", ["operate"]);
        using var answer = await guarded.SendAsync(HttpMethod.Post, "/v1/tokens", root, JsonContent.Create(new { name = "root", roles = new[] { "read" } }));
        await answer.ShouldBeProblemAsync(409, "token-exists");
    }
}
