using System.Text;
using Causality.OpenApi.Tests.Documents;

namespace Causality.OpenApi.Tests.Live;

/// <summary>What a running operator answers is what the document says.</summary>
public sealed class When_an_operator_is_asked(RunningOperator running) : IClassFixture<RunningOperator>
{
    private const string Nobody = "0b0e3f0e-6a5c-4f0e-9d0c-2f6f6b1c7a11";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>One story through all operations: they change what the next ones answer.</summary>
    [Fact]
    public async Task Its_answers_should_be_what_the_document_says()
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = new Uri(running.First.Address) };
        var talk = new Conversation(OpenApiFile.Control, http);

        await AboutTheProcessAsync(talk);
        await AboutTheLogAsync(talk);
        await AboutPeersAndPlansAsync(talk);
        await AboutSyncsAsync(talk);
        await AboutConflictsAsync(talk);
        await AboutAccessAsync(talk);

        // Every operation has been answered well once.
        var well = talk.Answered.Where(answer => answer.Split(' ')[^1][0] is '2' or '3').Select(answer => answer[..answer.LastIndexOf(' ')]).ToHashSet();
        OpenApiFile.Control.Operations.Select(operation => operation.Route).Where(route => !well.Contains(route)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Its_description_should_be_the_document()
    {
        using var http = new HttpClient { BaseAddress = new Uri(running.First.Address) };

        (await http.GetStringAsync("/openapi/control.yaml", Token)).ShouldBe(await File.ReadAllTextAsync(OpenApiFile.Control.Path, Token));
    }

    private static async Task AboutTheProcessAsync(Conversation talk)
    {
        await talk.AskAsync("GET", "/health/live", 200);
        await talk.AskAsync("GET", "/health/ready", 200);
        await talk.AskAsync("GET", "/metrics", 200);
        await talk.AskAsync("HEAD", "/metrics", 200);
        await talk.AskAsync("GET", "/openapi/control.yaml", 200);
        await talk.AskAsync("GET", "/v1/events", 200);
        await talk.AskAsync("GET", "/v1/events?after=soon", 400);
    }

    private static async Task AboutTheLogAsync(Conversation talk)
    {
        const string Entry = """{"id":"order/18","timestamp":1767225600000,"entry_type":"fact","data":{"order":18},"metadata":{"by":"test"}}""";
        await talk.AskAsync("POST", "/v1/entries", 200, Entry);
        await talk.AskAsync("POST", "/v1/entries?dry_run=true", 200, new StringContent(Entry + "\n", Encoding.UTF8, "application/x-ndjson"), null);
        await talk.AskAsync("POST", "/v1/entries", 409, Entry.Replace("18}", "19}", StringComparison.Ordinal));
        await talk.AskAsync("POST", "/v1/entries", 400, """{"id":""}""");
        await talk.AskAsync("POST", "/v1/entries", 415, new StringContent(Entry, Encoding.UTF8, "text/plain"), null);
        await talk.AskAsync("GET", "/v1/entries?limit=1&all_versions=true", 200);
        await talk.AskAsync("GET", "/v1/entries?limit=0", 400);
        await talk.AskAsync("GET", "/v1/entries/order%2F18", 200);
        await talk.AskAsync("GET", "/v1/entries/absent", 404);
        await talk.AskAsync("GET", "/v1/log", 200);
        await talk.AskAsync("POST", "/v1/log/publish", 200, body: null, null);
        await talk.AskAsync("GET", "/v1/identity", 200);
    }

    private async Task AboutPeersAndPlansAsync(Conversation talk)
    {
        await talk.AskAsync("GET", "/v1/peers", 200);
        await talk.AskAsync("GET", "/v1/peers/operator-b", 200);
        await talk.AskAsync("GET", "/v1/peers/absent", 404);
        var peer = $$$"""{"id":"operator-c","address":"{{{running.Second.PeerAddress}}}","pins":["{{{new string('c', 64)}}}"],"scope":["c-"],"overrides":{"batch_size":10,"mode":"Both"}}""";
        await talk.AskAsync("POST", "/v1/peers", 201, peer);
        await talk.AskAsync("POST", "/v1/peers", 200, peer);
        await talk.AskAsync("POST", "/v1/peers", 400, "{}");
        await talk.AskAsync("POST", "/v1/peers", 400, """{"unknown":1}""");
        await talk.AskAsync("POST", "/v1/peers", 422, peer.Replace(running.Second.PeerAddress, "https://169.254.169.254:7443", StringComparison.Ordinal));
        await talk.AskAsync("POST", "/v1/peers", 415, new StringContent(peer, Encoding.UTF8, "text/plain"), null);
        await talk.AskAsync("POST", "/v1/peers", 413, new string(' ', 65 * 1024));
        await talk.AskAsync("POST", "/v1/peers/operator-c/pause", 204, body: null, null);
        await talk.AskAsync("POST", "/v1/syncs", 409, """{"peer_id":"operator-c"}""");
        await talk.AskAsync("POST", "/v1/peers/operator-c/resume", 204, body: null, null);
        await talk.AskAsync("DELETE", "/v1/peers/operator-c", 204);
        await talk.AskAsync("DELETE", "/v1/peers/operator-c", 404);

        await talk.AskAsync("POST", "/v1/peers/operator-b/plan?wait_ms=0", 202, """{"overrides":{"batch_size":7}}""");
        var plan = await talk.AskAsync("POST", "/v1/peers/operator-b/plan?wait_ms=60000", 200, "{}");
        await talk.AskAsync("POST", "/v1/peers/operator-b/plan?wait_ms=-1", 400, "{}");
        await talk.AskAsync("POST", "/v1/peers/operator-b/plan", 400, """{"overrides":{"batch_size":0}}""");
        await talk.AskAsync("POST", "/v1/peers/absent/plan", 404, "{}");
        await talk.AskAsync("POST", "/v1/peers/operator-b/explanation?wait_ms=60000", 200, body: null, null);
        await talk.AskAsync("GET", $"/v1/plans/{plan!["plan_id"]}", 200);
        var page = await talk.AskAsync("GET", $"/v1/plans/{plan["plan_id"]}/segments?limit=1", 200);
        page!["segments"]!.AsArray().Count.ShouldBe(1, "the logs differ");
        await talk.AskAsync("GET", $"/v1/plans/{plan["plan_id"]}/segments?limit=0", 400);
        await talk.AskAsync("GET", $"/v1/plans/{Nobody}", 404);
        await talk.AskAsync("GET", "/v1/plans/none", 404);
    }

    private async Task AboutSyncsAsync(Conversation talk)
    {
        var tickets = await talk.AskAsync("POST", "/v1/syncs", 202, """{"peer_id":"operator-b","requested_by":"test"}""");
        var sync = (string)tickets![0]!["sync_id"]!;
        await running.First.SyncManager.SyncWithPeerAsync("operator-b", cancellationToken: Token);
        await talk.AskAsync("POST", "/v1/syncs", 409, $$"""{"peer_id":"operator-b","sync_id":"{{sync}}"}""");
        await talk.AskAsync("POST", "/v1/syncs", 404, """{"peer_id":"absent"}""");
        await talk.AskAsync("POST", "/v1/syncs", 400, """{"overrides":{"batch_size":0}}""");
        await talk.AskAsync("GET", "/v1/syncs?peer=operator-b&limit=5", 200);
        await talk.AskAsync("GET", $"/v1/syncs/{sync}", 200);
        await talk.AskAsync("GET", $"/v1/syncs/{Nobody}", 404);
        await talk.AskAsync("POST", $"/v1/syncs/{sync}/cancel", 202, body: null, null);
        await talk.AskAsync("POST", $"/v1/syncs/{Nobody}/cancel", 404, body: null, null);
        await talk.AskAsync("GET", "/v1/status", 200);
        await talk.AskAsync("POST", "/v1/schedule/stop", 204, body: null, null);
        await talk.AskAsync("POST", "/v1/schedule/start", 204, body: null, null);
    }

    private static async Task AboutConflictsAsync(Conversation talk)
    {
        var page = await talk.AskAsync("GET", "/v1/conflicts?kind=id&order=oldest", 200);
        var conflict = page!["conflicts"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)conflict["subject"]!).ShouldBe("order-17");
        await talk.AskAsync("GET", "/v1/conflicts?state=none", 400);
        await talk.AskAsync("GET", "/v1/conflicts/details?subject=order-17", 200);
        await talk.AskAsync("GET", "/v1/conflicts/details?subject=absent", 404);
        await talk.AskAsync("GET", $"/v1/conflicts/entry?hash={conflict["winner_hash"]}", 200);
        await talk.AskAsync("GET", $"/v1/conflicts/entry?hash={new string('0', 64)}", 404);
        await talk.AskAsync("GET", "/v1/conflicts/entry?hash=none", 400);
        await talk.AskAsync("GET", "/v1/conflicts/summary", 200);
        await talk.AskAsync("GET", "/v1/conflicts/report?top=3", 200);
        await talk.AskAsync("GET", "/v1/conflicts/export", 200);
        await talk.AskAsync("POST", "/v1/conflicts/decide", 200, """{"subjects":["order-17"],"strategy":"local-wins","by":"test","dry_run":true}""");
        await talk.AskAsync("POST", "/v1/conflicts/decide", 200, """{"subjects":["order-17"],"strategy":"remote-wins","by":"test"}""");
        await talk.AskAsync("POST", "/v1/conflicts/decide", 409, """{"subjects":["order-17"],"strategy":"local-wins","by":"test","expected_versions":[0]}""");
        await talk.AskAsync("POST", "/v1/conflicts/decide", 400, """{"subjects":[],"strategy":"local-wins","by":"test"}""");
        await talk.AskAsync("POST", "/v1/conflicts/undo", 200, """{"subjects":["order-17"],"by":"test"}""");
        await talk.AskAsync("GET", "/v1/conflicts?state=superseded", 200);
    }

    private static async Task AboutAccessAsync(Conversation talk)
    {
        await talk.AskAsync("GET", "/v1/session", 200);
        await talk.AskAsync("POST", "/v1/session", 401, """{"token":"none"}""");
        await talk.AskAsync("POST", "/v1/session", 400, "[");
        await talk.AskAsync("DELETE", "/v1/session", 204);
        await talk.AskAsync("POST", "/v1/session/end", 204, body: null, null);
        await talk.AskAsync("POST", "/v1/session/end", 303, new FormUrlEncodedContent([new("return", "/dashboard")]), null);
        await talk.AskAsync("POST", "/v1/tokens", 400, """{"name":"root","roles":["read"]}""");
        var root = (string)(await talk.AskAsync("POST", "/v1/tokens", 201, """{"name":"root","roles":["operate","append"]}"""))!["token"]!;

        // From here on nobody does anything without a token.
        await talk.AskAsync("GET", "/v1/tokens", 401);
        await talk.AskAsync("GET", "/v1/peers", 401);
        var reader = (string)(await talk.AskAsync("POST", "/v1/tokens", 201, """{"name":"reader","roles":["read"],"expires_at":"2999-01-01T00:00:00Z"}""", root))!["token"]!;
        await talk.AskAsync("POST", "/v1/schedule/stop", 403, body: null, reader);
        await talk.AskAsync("POST", "/v1/session", 200, $$"""{"token":"{{reader}}"}""");
        await talk.AskAsync("POST", "/v1/session", 303, new FormUrlEncodedContent([new("token", reader), new("return", "/dashboard")]), null);
        await talk.AskAsync("POST", "/v1/tokens", 409, """{"name":"reader","roles":["read"]}""", root);
        await talk.AskAsync("GET", "/v1/tokens", 200, json: null, root);
        await talk.AskAsync("DELETE", "/v1/tokens/reader", 204, json: null, root);
        await talk.AskAsync("DELETE", "/v1/tokens/absent", 404, json: null, root);
    }
}
