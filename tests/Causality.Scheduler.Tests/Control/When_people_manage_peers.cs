using System.Net;
using Causality.Scheduler.Tests.Hosting;
using Causality.TestKit.Operators;

namespace Causality.Scheduler.Tests.Control;

public sealed class When_people_manage_peers(SharedScheduler shared) : IClassFixture<SharedScheduler>
{
    private readonly SchedulerHost _scheduler = shared.Scheduler;

    private HttpClient Http => _scheduler.Host.Http;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_add_show_list_change_and_remove_one()
    {
        var created = await PostAsync("/v1/peers", $$$"""{"id":"gamma","address":"https://Gamma.example:7443/sync","pins":["{{{FakePeer.Pin.ToUpperInvariant()}}}"],"overrides":{"batch_size":5}}""").JsonAsync(HttpStatusCode.Created);
        (created.Text("peer_id"), created.Text("address"), created.GetProperty("enabled").GetBoolean()).ShouldBe(("gamma", "https://gamma.example:7443", true));
        created.GetProperty("pins")[0].GetString().ShouldBe(FakePeer.Pin);
        created.GetProperty("overrides").GetProperty("batch_size").GetInt32().ShouldBe(5);

        (await Http.GetAsync("/v1/peers/gamma", Cancelled).JsonAsync()).Text("peer_id").ShouldBe("gamma");
        (await Http.GetAsync("/v1/peers", Cancelled).JsonAsync()).EnumerateArray().Select(peer => peer.Text("peer_id")).ShouldContain("gamma");

        var changed = await PostAsync("/v1/peers", $$"""{"id":"gamma","address":"https://gamma.example:8443","pins":["{{FakePeer.Pin}}"]}""").JsonAsync();
        changed.Text("address").ShouldBe("https://gamma.example:8443");

        await Http.DeleteAsync("/v1/peers/gamma", Cancelled).JsonAsync(HttpStatusCode.NoContent);
        await Http.GetAsync("/v1/peers/gamma", Cancelled).ProblemAsync(HttpStatusCode.NotFound, "unknown-peer");
    }

    [Fact]
    public async Task Should_switch_one_off_and_on()
    {
        var peer = await _scheduler.AddPeerAsync();

        await PostAsync($"/v1/peers/{peer}/pause").JsonAsync(HttpStatusCode.NoContent);
        (await Http.GetAsync($"/v1/peers/{peer}", Cancelled).JsonAsync()).GetProperty("enabled").GetBoolean().ShouldBeFalse();
        await PostAsync($"/v1/peers/{peer}/resume").JsonAsync(HttpStatusCode.NoContent);
        (await Http.GetAsync($"/v1/peers/{peer}", Cancelled).JsonAsync()).GetProperty("enabled").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Should_share_a_part_of_the_log_and_all_of_it_again()
    {
        var scoped = await PostAsync("/v1/peers", $$"""{"id":"scoped","address":"https://s.example:1","pins":["{{FakePeer.Pin}}"],"scope":["b-2","a","b-"]}""").JsonAsync(HttpStatusCode.Created);
        scoped.GetProperty("scope").EnumerateArray().Select(prefix => prefix.GetString()).ShouldBe(["a", "b-"]);

        var unsaid = await PostAsync("/v1/peers", $$"""{"id":"scoped","address":"https://s.example:2","pins":["{{FakePeer.Pin}}"]}""").JsonAsync();
        unsaid.GetProperty("scope").GetArrayLength().ShouldBe(2);

        var whole = await PostAsync("/v1/peers", $$"""{"id":"scoped","address":"https://s.example:2","pins":["{{FakePeer.Pin}}"],"scope":[]}""").JsonAsync();
        (whole.TryGetProperty("scope", out var scope) && scope.ValueKind != System.Text.Json.JsonValueKind.Null).ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{"id":"b","address":"https://a.example:1","pins":["PIN"],"scope":["../x"]}""", "scope")]
    [InlineData("""{"id":"b","address":"https://a.example:1","pins":["PIN"],"scope":[null]}""", "scope")]
    [InlineData("""{"id":"Bad Id","address":"https://a.example:1","pins":["PIN"]}""", "id")]
    [InlineData("""{"id":"alpha","address":"https://a.example:1","pins":["PIN"]}""", "id")]
    [InlineData("""{"address":"https://a.example:1","pins":["PIN"]}""", "id")]
    [InlineData("""{"id":"b","pins":["PIN"]}""", "address")]
    [InlineData("""{"id":"b","address":"https://a.example:1"}""", "pins")]
    [InlineData("""{"id":"b","address":"https://a.example:1","pins":[]}""", "pins")]
    [InlineData("""{"id":"b","address":"https://a.example:1","pins":["PIN","PIN","PIN"]}""", "pins")]
    [InlineData("""{"id":"b","address":"https://a.example:1","pins":["PIN","abc"]}""", "pins[1]")]
    [InlineData("""{"id":"b","address":"https://a.example:1","pins":["PIN"],"overrides":{"max_retries":1000}}""", "overrides")]
    public async Task Should_refuse_a_wrong_one_and_name_the_field(string body, string field)
    {
        var problem = await PostAsync("/v1/peers", body.Replace("PIN", FakePeer.Pin, StringComparison.Ordinal)).ProblemAsync(HttpStatusCode.BadRequest, "invalid-peer");

        problem.Text("field").ShouldBe(field);
        problem.Text("detail").ShouldNotContain("secret");
    }

    [Theory]
    [InlineData("http://169.254.169.254")]
    [InlineData("http://a.example:1")]
    [InlineData("https://169.254.169.254")]
    [InlineData("localhost:5432")]
    [InlineData("https://localhost:5432")]
    [InlineData("https://[::1]:7443")]
    [InlineData("https://0.0.0.0:7443")]
    [InlineData("https://2130706433")]
    [InlineData("https://0177.0.0.1")]
    [InlineData("https://0x7f.0.0.1")]
    [InlineData("https://10.0.0.7:7443")]
    [InlineData("https://[fd00::7]:7443")]
    [InlineData("https://[::ffff:192.168.1.1]")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://a.example:70/1")]
    [InlineData("https://user:secret@a.example:1")]
    [InlineData("https://a.example:1@127.0.0.1")]
    [InlineData("https://a.example:1/other")]
    [InlineData("https://a.example:1?x=1")]
    public async Task Should_refuse_an_address_at_which_no_peer_may_be(string address)
    {
        var problem = await PostAsync("/v1/peers", $$"""{"id":"nowhere","address":"{{address}}","pins":["{{FakePeer.Pin}}"]}""").ProblemAsync(HttpStatusCode.UnprocessableEntity, "peer-address-not-allowed");

        problem.Text("field").ShouldBe("address");
        problem.Text("detail").ShouldNotContain("secret");
        await Http.GetAsync("/v1/peers/nowhere", Cancelled).ProblemAsync(HttpStatusCode.NotFound, "unknown-peer");
    }

    [Theory]
    [InlineData("""{"id":"b","adress":"https://a.example:1"}""")]
    [InlineData("""{"id":5}""")]
    [InlineData("""{"id":"b","id":"c"}""")]
    [InlineData("not json")]
    [InlineData("null")]
    public async Task Should_refuse_a_body_that_is_not_a_peer(string body)
    {
        await PostAsync("/v1/peers", body).ProblemAsync(HttpStatusCode.BadRequest, "malformed-json");
    }

    [Theory]
    [InlineData("GET", "/v1/peers/nobody")]
    [InlineData("DELETE", "/v1/peers/nobody")]
    [InlineData("POST", "/v1/peers/nobody/pause")]
    [InlineData("POST", "/v1/peers/nobody/resume")]
    public async Task Should_say_so_when_there_is_none_of_that_name(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        var problem = await Http.SendAsync(request, Cancelled).ProblemAsync(HttpStatusCode.NotFound, "unknown-peer");

        problem.Text("detail").ShouldContain("nobody");
    }

    private Task<HttpResponseMessage> PostAsync(string path, string? body = null) => Http.PostAsync(path, body is null ? null : HttpAnswers.Json(body), Cancelled);
}
