using System.Text;
using Causality.Contracts;
using Causality.Contracts.Http;
using Causality.Core;
using Causality.Protocol.Client;
using Causality.Protocol.Tests.Hosting;
using Causality.TestKit.Fakes;

namespace Causality.Protocol.Tests;

/// <summary>Row S46 of the bad inputs: the client's bounds and checks.</summary>
public sealed class When_a_peer_answers_with_nonsense
{
    private const string Hash = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("not json", "$")]
    [InlineData("{\"segments\":null}", "segments")]
    [InlineData("{}", "segments")]
    [InlineData("{\"segments\":[null]}", "segments[0]")]
    [InlineData("{\"segments\":[{\"id\":\"../x\"}]}", "segments[0]")]
    public async Task A_list_that_cannot_be_read_names_the_place(string body, string place) => (await ListFailureAsync(body)).ShouldContain(place);

    [Theory]
    [InlineData("id", "\"../x\"", "segments[0].id")]
    [InlineData("origin", "\"Not An Operator\"", "segments[0].origin")]
    [InlineData("content_hash", "\"123\"", "segments[0].content_hash")]
    [InlineData("start_timestamp", "-1", "segments[0].start_timestamp")]
    [InlineData("start_timestamp", "9223372036854775807", "segments[0].start_timestamp")]
    [InlineData("start_timestamp", "9223372036854775808", "segments[0].start_timestamp")]
    [InlineData("end_timestamp", "0", "segments[0].end_timestamp")]
    [InlineData("entry_count", "0", "segments[0].entry_count")]
    [InlineData("size_bytes", "-5", "segments[0].size_bytes")]
    public async Task A_field_out_of_range_is_named(string field, string value, string place) => (await ListFailureAsync(Page(Described("a", field, value)))).ShouldContain(place);

    [Fact]
    public async Task A_list_out_of_order_or_with_a_segment_twice_is_a_violation()
    {
        (await ListFailureAsync(Page(Described("b"), Described("a")))).ShouldContain("strictly ascending");
        (await ListFailureAsync(Page(Described("a"), Described("a")))).ShouldContain("strictly ascending");
    }

    [Fact]
    public async Task A_list_that_goes_in_circles_is_a_violation() =>
        (await ListFailureAsync($"{{\"segments\":[{Described("a")}],\"next\":\"a\"}}")).ShouldContain("strictly ascending");

    [Fact]
    public async Task A_cursor_that_is_not_the_last_id_is_a_violation()
    {
        (await ListFailureAsync($"{{\"segments\":[{Described("a")}],\"next\":\"b\"}}")).ShouldContain("next");
        (await ListFailureAsync("{\"segments\":[],\"next\":\"b\"}")).ShouldContain("next");
    }

    [Fact]
    public async Task Members_unknown_to_this_version_are_ignored()
    {
        await using var server = await HostileServer.AnsweringAsync("application/json", Encoding.UTF8.GetBytes($"{{\"later\":1,\"segments\":[{Described("a", "novelty", "[1]")}]}}"));

        (await server.Protocol.GetSegmentListAsync(server.Endpoint, Token).ToListAsync(Token)).Single().Id.Value.ShouldBe("a");
    }

    [Fact]
    public async Task Deep_json_is_a_violation() => (await ListFailureAsync("{\"segments\":" + new string('[', 200) + new string(']', 200) + "}")).ShouldContain("mallory");

    [Fact]
    public async Task An_endless_answer_is_cut_off_at_the_limit()
    {
        await using var server = await HostileServer.StartAsync(async context =>
        {
            context.Response.ContentType = "application/json";
            var chunk = Encoding.ASCII.GetBytes(new string(' ', 64 * 1024));
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.Body.WriteAsync(chunk, context.RequestAborted);
        });

        var violation = await Should.ThrowAsync<ProtocolViolationException>(() => server.Protocol.GetInfoAsync(server.Endpoint, Token));

        violation.Message.ShouldContain($"{SyncLimits.MaxJsonAnswerBytes}");
    }

    [Fact]
    public async Task A_declared_length_over_the_limit_is_refused_before_it_is_read()
    {
        await using var server = await HostileServer.StartAsync(async context =>
        {
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = long.MaxValue;
            await context.Response.StartAsync();
            await context.Response.Body.FlushAsync();
            await HostileServer.UntilTheClientLeavesAsync(context);
        });

        (await Should.ThrowAsync<ProtocolViolationException>(() => server.Protocol.GetInfoAsync(server.Endpoint, Token))).Message.ShouldContain("Content-Length");
    }

    [Fact]
    public async Task Headers_over_the_limit_are_a_violation()
    {
        await using var server = await HostileServer.AnsweringAsync("application/json", "{}"u8.ToArray(), headers: headers => headers["X-Large"] = new string('a', 100_000));

        await Should.ThrowAsync<ProtocolViolationException>(() => server.Protocol.GetInfoAsync(server.Endpoint, Token));
    }

    [Fact]
    public async Task Another_content_type_and_a_content_encoding_are_violations()
    {
        await using var html = await HostileServer.AnsweringAsync("text/html", "<html>"u8.ToArray());
        await using var zipped = await HostileServer.AnsweringAsync("application/json", "{}"u8.ToArray(), headers: headers => headers.ContentEncoding = "gzip");

        (await Should.ThrowAsync<ProtocolViolationException>(() => html.Protocol.GetInfoAsync(html.Endpoint, Token))).Message.ShouldContain("text/html");
        (await Should.ThrowAsync<ProtocolViolationException>(() => zipped.Protocol.GetInfoAsync(zipped.Endpoint, Token))).Message.ShouldContain("Content-Encoding");
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var server = await HostileServer.AnsweringAsync("text/plain", [], 307, headers => headers.Location = "https://127.0.0.1:1/");

        (await Should.ThrowAsync<ProtocolViolationException>(() => server.Protocol.GetInfoAsync(server.Endpoint, Token))).Message.ShouldContain("307");
    }

    [Theory]
    [InlineData(429, SyncReasons.PeerOverloaded, 7)]
    [InlineData(503, SyncReasons.PeerOverloaded, 7)]
    [InlineData(500, SyncReasons.PeerUnavailable, null)]
    [InlineData(502, SyncReasons.PeerUnavailable, null)]
    public async Task Statuses_that_may_pass_are_transient(int status, string reason, int? waitSeconds)
    {
        await using var server = await HostileServer.AnsweringAsync("application/problem+json", "{\"type\":\"urn:causality:problem:x\"}"u8.ToArray(), status, headers => headers.RetryAfter = "7");

        var failure = await Should.ThrowAsync<PeerUnavailableException>(() => server.Protocol.GetInfoAsync(server.Endpoint, Token));

        failure.Reason.ShouldBe(reason);
        failure.RetryAfter.ShouldBe(waitSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
        failure.Message.ShouldContain("urn:causality:problem:x");
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_peer_that_does_not_let_us_in_is_not_asked_again(int status)
    {
        await using var server = await HostileServer.AnsweringAsync("application/problem+json", "{\"type\":\"urn:causality:problem:unauthenticated\"}"u8.ToArray(), status);

        (await Should.ThrowAsync<PeerRefusedException>(() => server.Protocol.GetInfoAsync(server.Endpoint, Token))).Reason.ShouldBe(SyncReasons.PeerRefused);
    }

    [Fact]
    public async Task Entries_that_nobody_asked_for_are_a_violation()
    {
        await using var server = await HostileServer.AnsweringAsync(SyncMediaTypes.Lines, [.. Samples.Entry(1).CanonicalBytes.Span, (byte)'\n']);
        await using var broken = await HostileServer.AnsweringAsync(SyncMediaTypes.Lines, "{\"id\":7}\n"u8.ToArray());

        (await Should.ThrowAsync<ProtocolViolationException>(() => server.Protocol.GetEntriesAsync(server.Endpoint, new("a"), [Samples.Entry(2).Hash], Token))).Message.ShouldContain("line 1");
        (await Should.ThrowAsync<ProtocolViolationException>(() => broken.Protocol.GetEntriesAsync(broken.Endpoint, new("a"), [Samples.Entry(2).Hash], Token))).Message.ShouldContain("line 1");
    }

    [Fact]
    public async Task A_peer_that_falls_silent_is_given_up()
    {
        await using var server = await HostileServer.StartAsync(
            async context =>
            {
                context.Response.ContentType = "application/json";
                await context.Response.Body.WriteAsync("{"u8.ToArray());
                await context.Response.Body.FlushAsync();
                await HostileServer.UntilTheClientLeavesAsync(context);
            },
            new HttpSyncProtocolOptions { IdleTimeout = TimeSpan.FromMilliseconds(300) });

        var failure = await Should.ThrowAsync<PeerUnavailableException>(() => server.Protocol.GetInfoAsync(server.Endpoint, Token));

        failure.Message.ShouldContain("idle timeout");
    }

    [Fact]
    public async Task A_peer_that_dribbles_is_given_up_though_it_is_never_idle()
    {
        await using var server = await HostileServer.StartAsync(
            async context =>
            {
                context.Response.ContentType = "application/json";
                using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
                while (await beat.WaitForNextTickAsync(context.RequestAborted))
                {
                    await context.Response.Body.WriteAsync(" "u8.ToArray(), context.RequestAborted);
                    await context.Response.Body.FlushAsync(context.RequestAborted);
                }
            },
            new HttpSyncProtocolOptions { SpeedGrace = TimeSpan.FromMilliseconds(400), MinimumBytesPerSecond = 10_000 });

        (await Should.ThrowAsync<PeerUnavailableException>(() => server.Protocol.GetInfoAsync(server.Endpoint, Token))).Message.ShouldContain("too slowly");
    }

    [Fact]
    public async Task A_peer_that_asks_for_a_moment_gets_it_a_few_times()
    {
        var asked = 0;
        await using var server = await HostileServer.StartAsync(context =>
        {
            asked++;
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = "0";
            return Task.CompletedTask;
        });

        (await Should.ThrowAsync<PeerUnavailableException>(() => server.Protocol.GetInfoAsync(server.Endpoint, Token))).Reason.ShouldBe(SyncReasons.PeerOverloaded);

        asked.ShouldBe(6);
    }

    private static async Task<string> ListFailureAsync(string body)
    {
        await using var server = await HostileServer.AnsweringAsync("application/json", Encoding.UTF8.GetBytes(body));
        var violation = await Should.ThrowAsync<ProtocolViolationException>(async () => await server.Protocol.GetSegmentListAsync(server.Endpoint, Token).ToListAsync(Token));
        violation.Message.ShouldContain("mallory");
        return violation.Message;
    }

    private static string Page(params string[] segments) => $"{{\"segments\":[{string.Join(',', segments)}]}}";

    private static string Described(string id, string? field = null, string? value = null)
    {
        var members = new Dictionary<string, string>
        {
            ["id"] = $"\"{id}\"",
            ["origin"] = "\"mallory\"",
            ["start_timestamp"] = "5",
            ["end_timestamp"] = "6",
            ["entry_count"] = "1",
            ["content_hash"] = $"\"{Hash}\"",
            ["size_bytes"] = "10",
        };
        if (field is not null)
            members[field] = value!;
        return "{" + string.Join(',', members.Select(member => $"\"{member.Key}\":{member.Value}")) + "}";
    }
}
