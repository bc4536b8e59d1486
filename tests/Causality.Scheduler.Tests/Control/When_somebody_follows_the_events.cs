using System.Net;
using System.Text.Json;
using Causality.Contracts;
using Causality.Scheduler.Tests.Hosting;

namespace Causality.Scheduler.Tests.Control;

public sealed class When_somebody_follows_the_events(SharedScheduler shared) : IClassFixture<SharedScheduler>
{
    private readonly SchedulerHost _scheduler = shared.Scheduler;

    private HttpClient Http => _scheduler.Host.Http;

    [Fact]
    public async Task Should_see_each_event_as_it_was_published()
    {
        await using var stream = await EventStream.OpenAsync(Http);
        var compare = await _scheduler.BeginAsync();
        await _scheduler.Host.PublishAsync(compare.Compared(inSync: true));

        var events = await stream.TakeAsync(2);

        events.Select(item => item.EventType).ShouldBe([nameof(SyncAccepted), nameof(SyncSkipped)]);
        var skipped = JsonSerializer.Deserialize<SyncSkipped>(events[1].Data, JsonSerializerOptions.Web).ShouldNotBeNull();
        skipped.SyncId.ShouldBe(compare.SyncId);
        skipped.Result.Status.ShouldBe(SyncStatus.Skipped);
        using var body = JsonDocument.Parse(events[0].Data);
        body.RootElement.GetProperty("peerId").GetString().ShouldBe(compare.Peer.Id);
    }

    [Fact]
    public async Task Should_go_on_after_the_last_event_seen()
    {
        await using var first = await EventStream.OpenAsync(Http);
        var ids = new List<Guid>();
        for (var count = 0; count < 3; count++)
            ids.Add((await _scheduler.BeginAsync()).SyncId);
        var seen = await first.TakeAsync(1);

        await using var second = await EventStream.OpenAsync(Http, seen[0].EventId);

        var rest = await second.TakeAsync(2);
        rest.Concat(seen).Select(item => JsonSerializer.Deserialize<SyncAccepted>(item.Data, JsonSerializerOptions.Web)!.SyncId).ShouldBe(ids, ignoreOrder: true);
    }

    [Fact]
    public async Task Should_see_all_that_are_kept_from_zero_on()
    {
        var compare = await _scheduler.BeginAsync();
        await using var stream = await EventStream.OpenAsync(Http, "0");

        var found = false;
        while (!found)
            found = (await stream.NextAsync()).Data.Contains(compare.SyncId.ToString(), StringComparison.Ordinal);
        found.ShouldBeTrue();
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("-1")]
    [InlineData("99999999999999999999")]
    public async Task Should_refuse_a_number_that_is_none(string lastEventId)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/events");
        request.Headers.Add("Last-Event-ID", lastEventId);

        var problem = await Http.SendAsync(request, TestContext.Current.CancellationToken).ProblemAsync(HttpStatusCode.BadRequest, "field-out-of-range");

        problem.Text("field").ShouldBe("Last-Event-ID");
    }
}
