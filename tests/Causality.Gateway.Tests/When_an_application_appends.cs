using System.Net;
using System.Net.Http.Headers;
using Causality.Gateway.Tests.Hosting;
using static Causality.Gateway.Tests.Hosting.Answers;

namespace Causality.Gateway.Tests;

public sealed class When_an_application_appends(ServedGateway served) : IClassFixture<ServedGateway>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_entry_is_appended_once_however_often_it_is_sent()
    {
        var entry = Line("single", 1_000, "{\"b\":1,\"a\":2}");

        var first = await PostAsync(entry, "application/json").JsonAsync();
        var second = await PostAsync(" " + entry, "application/json").JsonAsync();

        (first.GetProperty("appended").GetInt32(), first.GetProperty("already_present").GetInt32()).ShouldBe((1, 0));
        (second.GetProperty("appended").GetInt32(), second.GetProperty("already_present").GetInt32()).ShouldBe((0, 1));
        (await served.Host.Applications.GetStringAsync("/v1/entries/single", Token)).ShouldBe("{\"id\":\"single\",\"timestamp\":1000,\"entry_type\":\"fact\",\"data\":{\"a\":2,\"b\":1}}");
    }

    [Fact]
    public async Task Many_lines_are_appended_with_or_without_a_last_line_end()
    {
        var answer = await PostAsync(Line("many-1", 1) + Line("many-2", 2).TrimEnd()).JsonAsync();

        answer.GetProperty("appended").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task A_dry_run_tells_and_does_nothing()
    {
        var answer = await PostAsync(Line("dry", 1), query: "?dry_run=true").JsonAsync();

        answer.GetProperty("appended").GetInt32().ShouldBe(1);
        await served.Host.Applications.GetAsync("/v1/entries/dry", Token).ProblemAsync(HttpStatusCode.NotFound, "entry-not-found");
    }

    [Theory]
    [InlineData("{\"id\":\"x\"}\n", "timestamp")]
    [InlineData("{\"id\":\"\",\"timestamp\":1,\"entry_type\":\"fact\",\"data\":1}\n", "id")]
    [InlineData("{\"id\":\"x\",\"timestamp\":-1,\"entry_type\":\"fact\",\"data\":1}\n", "timestamp")]
    [InlineData("{\"id\":\"x\",\"timestamp\":253402300800000,\"entry_type\":\"fact\",\"data\":1}\n", "timestamp")]
    [InlineData("{\"id\":\"x\",\"timestamp\":18446744073709551616,\"entry_type\":\"fact\",\"data\":1}\n", "timestamp")]
    [InlineData("{\"id\":\"x\",\"timestamp\":1,\"entry_type\":\"rumour\",\"data\":1}\n", "entry_type")]
    [InlineData("not json\n", null)]
    [InlineData("\n", null)]
    public async Task A_malformed_line_is_named_and_nothing_is_appended(string bad, string? field)
    {
        var problem = await PostAsync(Line("good-before-bad", 1) + bad + Line("good-after-bad", 2)).ProblemAsync(HttpStatusCode.BadRequest, "invalid-entry");

        problem.GetProperty("line").GetInt32().ShouldBe(2);
        if (field is not null)
            problem.GetProperty("field").GetString().ShouldBe(field);
        await served.Host.Applications.GetAsync("/v1/entries/good-before-bad", Token).ProblemAsync(HttpStatusCode.NotFound, "entry-not-found");
    }

    [Fact]
    public async Task A_second_content_for_an_id_is_refused_with_both_hashes()
    {
        await PostAsync(Line("twice", 1)).JsonAsync();

        var problem = await PostAsync(Line("twice-other", 1) + Line("twice", 1, "7")).ProblemAsync(HttpStatusCode.Conflict, "duplicate-entry");

        problem.GetProperty("line").GetInt32().ShouldBe(2);
        problem.GetProperty("id").GetString().ShouldBe("twice");
        problem.GetProperty("existing_hash").GetString().ShouldNotBe(problem.GetProperty("offered_hash").GetString());
        await served.Host.Applications.GetAsync("/v1/entries/twice-other", Token).ProblemAsync(HttpStatusCode.NotFound, "entry-not-found");
    }

    [Fact]
    public async Task Bodies_over_their_bounds_or_of_another_kind_are_refused()
    {
        var many = string.Concat(Enumerable.Range(0, 10_001).Select(number => Line($"m{number}", number)));
        using var large = new HttpRequestMessage(HttpMethod.Post, "/v1/entries") { Content = new ByteArrayContent(new byte[(16 * 1024 * 1024) + 1]) };
        large.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        large.Headers.ExpectContinue = true;

        (await PostAsync(many).ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too-many-items")).GetProperty("line").GetInt32().ShouldBe(10_001);
        await served.Host.Applications.SendAsync(large, Token).ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "payload-too-large");
        await PostAsync(Line("plain", 1), "text/plain").ProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
        await PostAsync(Line("flag", 1), query: "?dry_run=perhaps").ProblemAsync(HttpStatusCode.BadRequest, "field-out-of-range");
        await PostAsync("").ProblemAsync(HttpStatusCode.BadRequest, "invalid-entry");
    }

    [Fact]
    public async Task Ids_of_any_characters_can_be_read_back()
    {
        const string Id = "a/b%2F?#;ü ' OR 1=1";
        await PostAsync(Line(Id, 1)).JsonAsync();

        var entry = await served.Host.Applications.GetAsync("/v1/entries/" + Uri.EscapeDataString(Id), Token).JsonAsync();

        entry.GetProperty("id").GetString().ShouldBe(Id);
    }

    private Task<HttpResponseMessage> PostAsync(string body, string mediaType = "application/x-ndjson", string query = "") =>
        served.Host.Applications.PostAsync("/v1/entries" + query, Body(body, mediaType), Token);
}
