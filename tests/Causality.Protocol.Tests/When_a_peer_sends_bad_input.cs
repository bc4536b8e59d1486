using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Causality.Contracts.Http;
using Causality.Protocol.Tests.Hosting;

namespace Causality.Protocol.Tests;

/// <summary>Rows S14 to S24, S31, S41, S42 and S55 of the bad inputs, as far as they concern the routes of version 1.</summary>
public sealed class When_a_peer_sends_bad_input(ServedOperator served) : IClassFixture<ServedOperator>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("..%2f..%2fetc%2fpasswd")]
    [InlineData("%252e%252e")]
    [InlineData("..%5c..%5cboot.ini")]
    [InlineData("%2fetc%2fpasswd")]
    [InlineData("one%20")]
    [InlineData("-one")]
    [InlineData("%D0%B0lpha")]
    [InlineData("one%E2%80%AE")]
    [InlineData("a%27%3B%20drop%20table%20x")]
    public async Task An_id_outside_the_allow_list_is_refused(string id)
    {
        var problem = await (await served.Client.GetAsync($"{SyncRoutes.Segments}/{id}", Token)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid-segment-id");

        problem.GetProperty("field").GetString().ShouldBe("id");
        (await served.Client.PostAsync($"{SyncRoutes.Segments}/{id}/entries", RawClient.Json("{\"entry_hashes\":[]}"), Token)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("/sync/v1/segments/../../etc/passwd", "404")]
    [InlineData("/sync/v1/..;/segments", "404")]
    [InlineData("/sync/v1//segments", "404")]
    [InlineData("/sync/v1/segments/%00", "400")]
    [InlineData("/sync/v1/segments/%c0%ae%c0%ae", "400")]
    public async Task Targets_that_try_to_leave_their_route_find_nothing(string target, string status) =>
        (await RawAsync($"GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")).ShouldStartWith($"HTTP/1.1 {status} ");

    [Fact]
    public async Task An_id_that_is_too_long_is_refused() =>
        await (await served.Client.GetAsync($"{SyncRoutes.Segments}/{new string('a', 129)}", Token)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid-segment-id");

    [Fact]
    public async Task A_name_of_a_route_can_be_a_segment_id() =>
        await (await served.Client.GetAsync(SyncRoutes.SegmentMetadata, Token)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "segment-not-found");

    [Theory]
    [InlineData("{\"ids\":[\"ok\",\"../x\"]}", "invalid-segment-id", "ids[1]")]
    [InlineData("{\"ids\":[null]}", "invalid-segment-id", "ids[0]")]
    [InlineData("{\"ids\":[\"\"]}", "invalid-segment-id", "ids[0]")]
    [InlineData("{\"ids\":[7]}", "malformed-json", "$.ids[0]")]
    [InlineData("{\"ids\":null}", "malformed-json", "$.ids")]
    [InlineData("{\"ids\":[],\"more\":1}", "malformed-json", "$.more")]
    [InlineData("{\"ids\":[],\"ids\":[]}", "malformed-json", null)]
    [InlineData("{\"ids\":[],}", "malformed-json", null)]
    [InlineData("{\"ids\":[NaN]}", "malformed-json", null)]
    [InlineData("{\"ids\":[1e400]}", "malformed-json", null)]
    [InlineData("{\"ids\":[\"\\ud800\"]}", "malformed-json", null)]
    [InlineData("{}", "malformed-json", "ids")]
    [InlineData("null", "malformed-json", null)]
    [InlineData("[]", "malformed-json", null)]
    [InlineData("", "malformed-json", null)]
    [InlineData("{\"ids\":[]} x", "malformed-json", null)]
    public async Task A_body_that_is_not_the_documented_json_is_refused(string body, string slug, string? field)
    {
        var problem = await (await PostAsync(body)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, slug);

        if (field is not null)
            problem.GetProperty("field").GetString().ShouldBe(field);
    }

    [Theory]
    [InlineData(33, "json-too-deep")]
    [InlineData(10_000, "json-too-deep")]
    [InlineData(32, "malformed-json")]
    public async Task Deep_json_is_refused_as_such(int depth, string slug) =>
        await (await PostAsync(new string('[', depth) + new string(']', depth))).ShouldBeProblemAsync(HttpStatusCode.BadRequest, slug);

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/json; charset=utf-7")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData(null)]
    public async Task Another_content_type_is_refused(string? contentType)
    {
        using var content = new ByteArrayContent("{\"ids\":[]}"u8.ToArray());
        if (contentType is not null)
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);

        await (await served.Client.PostAsync(SyncRoutes.SegmentMetadata, content, Token)).ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
    }

    [Fact]
    public async Task A_byte_order_mark_and_a_content_encoding_are_refused()
    {
        using var marked = new ByteArrayContent([0xEF, 0xBB, 0xBF, .. "{\"ids\":[]}"u8]);
        marked.Headers.ContentType = new("application/json");
        using var zipped = RawClient.Json("{\"ids\":[]}");
        zipped.Headers.ContentEncoding.Add("gzip");

        await (await served.Client.PostAsync(SyncRoutes.SegmentMetadata, marked, Token)).ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
        await (await served.Client.PostAsync(SyncRoutes.SegmentMetadata, zipped, Token)).ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
    }

    [Fact]
    public async Task A_declared_body_over_the_limit_is_refused_before_it_is_read()
    {
        var answer = await RawAsync($"POST {SyncRoutes.SegmentMetadata} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 99999999999\r\n\r\n");

        answer.ShouldStartWith("HTTP/1.1 413 ");
        answer.ShouldContain("payload-too-large");
    }

    [Fact]
    public async Task A_body_of_unknown_length_is_refused_at_the_limit()
    {
        var chunk = "10000\r\n" + new string(' ', 0x10000) + "\r\n";
        var answer = await RawAsync(
            $"POST {SyncRoutes.SegmentMetadata} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n" + string.Concat(Enumerable.Repeat(chunk, 33)));

        answer.ShouldStartWith("HTTP/1.1 413 ");
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=-1")]
    [InlineData("limit=10001")]
    [InlineData("limit=9223372036854775808")]
    [InlineData("limit=18446744073709551616")]
    [InlineData("limit=1e3")]
    [InlineData("limit=1&limit=2")]
    [InlineData("limit=")]
    public async Task A_limit_out_of_range_is_refused(string query)
    {
        var problem = await (await served.Client.GetAsync($"{SyncRoutes.Segments}?{query}", Token)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "field-out-of-range");

        problem.GetProperty("field").GetString().ShouldBe("limit");
    }

    [Fact]
    public async Task A_cursor_that_is_no_id_is_refused() =>
        await (await served.Client.GetAsync($"{SyncRoutes.Segments}?after=..", Token)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid-segment-id");

    [Fact]
    public async Task Lists_longer_than_their_bound_are_refused()
    {
        var ids = "{\"ids\":[" + string.Join(',', Enumerable.Repeat("\"a\"", SyncLimits.MaxMetadataIds + 1)) + "]}";
        var wanted = "{\"segments\":[" + string.Join(',', Enumerable.Repeat($"{{\"id\":\"a\",\"content_hash\":\"{new string('0', 64)}\"}}", SyncLimits.MaxFetchSegments + 1)) + "]}";
        var hashes = "{\"entry_hashes\":[" + string.Join(',', Enumerable.Repeat($"\"{new string('0', 64)}\"", SyncLimits.MaxEntryHashes + 1)) + "]}";

        await (await PostAsync(ids)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "too-many-items");
        await (await PostAsync(wanted, SyncRoutes.FetchSegments)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "too-many-items");
        await (await PostAsync(hashes, SyncRoutes.EntriesOf("a"))).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "too-many-items");
    }

    [Theory]
    [InlineData(SyncRoutes.FetchSegments, "{\"segments\":[{\"id\":\"a\",\"content_hash\":\"xyz\"}]}", "invalid-hash", "segments[0].content_hash")]
    [InlineData(SyncRoutes.FetchSegments, "{\"segments\":[null]}", "invalid-segment-id", "segments[0].id")]
    [InlineData(SyncRoutes.Segments + "/a/entries", "{\"entry_hashes\":[\"0\"]}", "invalid-hash", "entry_hashes[0]")]
    public async Task A_bad_element_is_named(string route, string body, string slug, string field)
    {
        var problem = await (await PostAsync(body, route)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, slug);

        problem.GetProperty("field").GetString().ShouldBe(field);
    }

    [Theory]
    [InlineData("TRACE", SyncRoutes.Info)]
    [InlineData("PUT", SyncRoutes.Info)]
    [InlineData("DELETE", SyncRoutes.Segments)]
    [InlineData("GET", SyncRoutes.Segments + "/one/entries")]
    [InlineData("BREW", SyncRoutes.FetchSegments)]
    public async Task Another_method_is_refused(string method, string route)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), route);
        using var response = await served.Client.SendAsync(request, Token);

        await response.ShouldBeProblemAsync(HttpStatusCode.MethodNotAllowed, "method-not-allowed");
        response.Content.Headers.Allow.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Too_many_or_too_large_headers_and_a_long_request_line_are_refused()
    {
        var many = string.Concat(Enumerable.Range(0, 101).Select(number => $"X-{number}: 1\r\n"));

        (await RawAsync($"GET {SyncRoutes.Info} HTTP/1.1\r\nHost: localhost\r\n{many}\r\n")).ShouldStartWith("HTTP/1.1 431 ");
        (await RawAsync($"GET {SyncRoutes.Info} HTTP/1.1\r\nHost: localhost\r\nX-Large: {new string('a', 33_000)}\r\n\r\n")).ShouldStartWith("HTTP/1.1 431 ");
        (await RawAsync($"GET {SyncRoutes.Segments}/{new string('a', 9_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n")).ShouldStartWith("HTTP/1.1 414 ");
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/metrics")]
    [InlineData("/admin")]
    public async Task The_peers_door_has_the_protocol_only(string path) =>
        await (await served.Client.GetAsync(path, Token)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");

    [Theory]
    [InlineData("/v1/entries")]
    [InlineData("/v1/syncs")]
    public async Task A_peer_is_told_that_our_own_routes_are_not_for_it(string path) =>
        await (await served.Client.GetAsync(path, Token)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "forbidden");

    [Fact]
    public async Task The_applications_door_has_no_protocol()
    {
        using var client = RawClient.To(served.Server.ApplicationAddress, null);

        (await client.GetStringAsync("/health/live", Token)).ShouldBe("live");
        await (await client.GetAsync(SyncRoutes.Info, Token)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        await (await client.PutAsync(SyncRoutes.Info, null, Token)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task A_foreign_host_name_on_the_local_door_is_refused()
    {
        using var client = RawClient.To(served.Server.ApplicationAddress, null);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health/live");
        request.Headers.Host = "rebound.example";

        await (await client.SendAsync(request, Token)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "host-not-allowed");
    }

    private Task<HttpResponseMessage> PostAsync(string body, string route = SyncRoutes.SegmentMetadata) => served.Client.PostAsync(route, RawClient.Json(body), Token);

    private Task<string> RawAsync(string request) => RawClient.StatusOfTargetAsync(served.Server.PeerAddress, served.Peer.Certificate, request, Token);
}
