using System.Net;
using Causality.Contracts;
using Causality.Scheduler.Tests.Hosting;

namespace Causality.Scheduler.Tests.Control;

public sealed class When_people_manage_syncs(SharedScheduler shared) : IClassFixture<SharedScheduler>
{
    private readonly SchedulerHost _scheduler = shared.Scheduler;

    private HttpClient Http => _scheduler.Host.Http;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_request_show_list_and_cancel_one()
    {
        var (peer, id) = (await _scheduler.AddPeerAsync(), Guid.NewGuid());
        var tickets = await PostAsync("/v1/syncs", $$$"""{"peer_id":"{{{peer}}}","sync_id":"{{{id}}}","overrides":{"batch_size":9}}""").JsonAsync(HttpStatusCode.Accepted);
        (tickets.GetArrayLength(), tickets[0].GetProperty("sync_id").GetGuid(), tickets[0].Text("outcome")).ShouldBe((1, id, "begun"));
        (await _scheduler.CompareAsync(id, 1)).Settings.BatchSize.ShouldBe(9);

        var shown = await Http.GetAsync($"/v1/syncs/{id}", Cancelled).JsonAsync();
        (shown.Text("state"), shown.Text("requested_by"), shown.GetProperty("result").Text("status")).ShouldBe(("Comparing", "control-api", "InProgress"));
        var listed = await Http.GetAsync($"/v1/syncs?peer={peer}&limit=5", Cancelled).JsonAsync();
        listed.EnumerateArray().Single().GetProperty("result").GetProperty("sync_id").GetGuid().ShouldBe(id);

        await PostAsync($"/v1/syncs/{id}/cancel").JsonAsync(HttpStatusCode.Accepted);
        await _scheduler.ReachesAsync(id, "Cancelled");
        (await Http.GetAsync($"/v1/syncs/{id}", Cancelled).JsonAsync()).GetProperty("result").Text("reason").ShouldBe(SyncReasons.Cancelled);
    }

    [Fact]
    public async Task Should_show_when_the_next_attempt_begins()
    {
        var compare = await _scheduler.BeginAsync();
        await _scheduler.Host.PublishAsync(compare.Failed(retryAfterMs: 60_000));
        await _scheduler.ReachesAsync(compare.SyncId, "WaitingToRetry");

        var shown = await Http.GetAsync($"/v1/syncs/{compare.SyncId}", Cancelled).JsonAsync();

        shown.GetProperty("next_attempt_at").GetDateTimeOffset().ShouldBe(_scheduler.Clock.GetUtcNow().AddMinutes(1));
        shown.GetProperty("result").Text("reason").ShouldBe(SyncReasons.PeerUnavailable);
    }

    [Fact]
    public async Task Should_show_the_scheduler_as_it_stands()
    {
        var compare = await _scheduler.BeginAsync();

        var status = await Http.GetAsync("/v1/status", Cancelled).JsonAsync();

        (status.Text("operator_id"), status.GetProperty("schedule_running").GetBoolean()).ShouldBe(("alpha", true));
        status.GetProperty("peers").EnumerateArray().Select(peer => peer.Text("peer_id")).ShouldContain(compare.Peer.Id);
        status.GetProperty("running").EnumerateArray().Select(sync => sync.GetProperty("result").GetProperty("sync_id").GetGuid()).ShouldContain(compare.SyncId);
    }

    [Fact]
    public async Task Should_stop_and_start_the_schedule()
    {
        await PostAsync("/v1/schedule/stop").JsonAsync(HttpStatusCode.NoContent);
        (await Http.GetAsync("/v1/status", Cancelled).JsonAsync()).GetProperty("schedule_running").GetBoolean().ShouldBeFalse();
        await PostAsync("/v1/schedule/start").JsonAsync(HttpStatusCode.NoContent);
        (await Http.GetAsync("/v1/status", Cancelled).JsonAsync()).GetProperty("schedule_running").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Should_answer_with_the_sync_that_covers_the_request()
    {
        var running = await _scheduler.BeginAsync();
        var body = $$"""{"peer_id":"{{running.Peer.Id}}"}""";
        var waiting = await PostAsync("/v1/syncs", body).JsonAsync(HttpStatusCode.Accepted);
        waiting[0].Text("outcome").ShouldBe("waiting");

        var problem = await PostAsync("/v1/syncs", body).ProblemAsync(HttpStatusCode.Conflict, SyncReasons.Coalesced);

        problem.GetProperty("covered_by").GetGuid().ShouldBe(waiting[0].GetProperty("sync_id").GetGuid());
    }

    [Theory]
    [InlineData("""{"peer_id":"nobody"}""", HttpStatusCode.NotFound, SyncReasons.UnknownPeer, "nobody")]
    [InlineData("""{"peer_id":"No Id"}""", HttpStatusCode.BadRequest, SyncReasons.InvalidRequest, "peerId")]
    [InlineData("""{"peer_id":"b","overrides":{"batch_size":0}}""", HttpStatusCode.BadRequest, SyncReasons.InvalidRequest, "batchSize")]
    [InlineData("""{"peer":"b"}""", HttpStatusCode.BadRequest, "malformed-json", "unknown")]
    [InlineData("""{"sync_id":"no guid"}""", HttpStatusCode.BadRequest, "malformed-json", "wrong kind")]
    [InlineData("[", HttpStatusCode.BadRequest, "malformed-json", "not JSON")]
    public async Task Should_refuse_a_wrong_request_and_say_what_is_wrong(string body, HttpStatusCode status, string slug, string named)
    {
        (await PostAsync("/v1/syncs", body).ProblemAsync(status, slug)).Text("detail").ShouldContain(named);
    }

    [Fact]
    public async Task Should_refuse_another_content_type()
    {
        await Http.PostAsync("/v1/syncs", HttpAnswers.Json("{}", "text/plain"), Cancelled).ProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
    }

    [Fact]
    public async Task Should_say_so_when_there_is_no_such_sync()
    {
        var id = Guid.NewGuid();
        await Http.GetAsync($"/v1/syncs/{id}", Cancelled).ProblemAsync(HttpStatusCode.NotFound, "unknown-sync");
        await PostAsync($"/v1/syncs/{id}/cancel").ProblemAsync(HttpStatusCode.NotFound, "unknown-sync");
    }

    [Fact]
    public async Task Should_refuse_a_limit_that_is_no_number()
    {
        using var answer = await Http.GetAsync("/v1/syncs?limit=many", Cancelled);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
    }

    private Task<HttpResponseMessage> PostAsync(string path, string? body = null) => Http.PostAsync(path, body is null ? null : HttpAnswers.Json(body), Cancelled);
}
