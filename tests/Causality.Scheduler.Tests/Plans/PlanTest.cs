using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Causality.Contracts;
using Causality.Contracts.Http.Control;
using Causality.Core;
using Causality.Scheduler.Tests.Hosting;
using Causality.TestKit.Fakes;
using Causality.TestKit.Operators;

namespace Causality.Scheduler.Tests.Plans;

/// <summary>An operator with all of its steps, a peer, and questions over HTTP.</summary>
public abstract class PlanTest : IAsyncLifetime
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    private OperatorStore _store = null!;

    protected FakePeer Peer { get; } = new();

    internal SchedulerHost Scheduler { get; private set; } = null!;

    protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private protected HttpClient Http => Scheduler.Host.Http;

    public async ValueTask InitializeAsync()
    {
        _store = await OperatorStore.CreateAsync(Backend.Embedded);
        Scheduler = await WholeOperator.StartAsync(_store, Peer);
    }

    public async ValueTask DisposeAsync()
    {
        await Scheduler.DisposeAsync();
        await _store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected async Task OursAsync(params IEnumerable<LogSegment> segments)
    {
        foreach (var segment in segments)
            await Scheduler.Host.Log.ImportSegmentAsync(segment, Cancelled);
    }

    private protected async Task TheirsAsync(params IEnumerable<LogSegment> segments)
    {
        foreach (var segment in segments)
            await Peer.Log.ImportSegmentAsync(segment, Cancelled);
    }

    private protected static LogSegment Other(string id, int first, int count) => LogSegment.FromEntries(
        new SegmentId(id), new OperatorId("beta"), Enumerable.Range(first, count).Select(number => LogEntry.Create($"entry-{number}", Samples.Epoch + 1_000 + number, EntryType.Fact, "{\"other\":true}"u8)));

    private protected Task<HttpResponseMessage> AskAsync(string question, SyncOverrides? overrides = null, string peer = "beta", string query = "") =>
        Http.PostAsync($"/v1/peers/{peer}/{question}{query}", JsonContent.Create(new PlanRequest { Overrides = overrides }, options: Json), Cancelled);

    private protected async Task<SyncPlan> PlanAsync(SyncOverrides? overrides = null) => await ReadAsync(await AskAsync("plan", overrides, query: "?wait_ms=60000"));

    private protected async Task<SyncPlan> ExplainAsync(SyncOverrides? overrides = null) => await ReadAsync(await AskAsync("explanation", overrides, query: "?wait_ms=60000"));

    private protected async Task<SyncPlan> ReadAsync(HttpResponseMessage answer, HttpStatusCode status = HttpStatusCode.OK)
    {
        using (answer)
        {
            answer.StatusCode.ShouldBe(status, await answer.Content.ReadAsStringAsync(Cancelled));
            return (await answer.Content.ReadFromJsonAsync<SyncPlan>(Json, Cancelled)).ShouldNotBeNull();
        }
    }

    private protected async Task<SyncPlanPage> PageAsync(Guid planId, string query = "") => (await Http.GetFromJsonAsync<SyncPlanPage>($"/v1/plans/{planId}/segments{query}", Json, Cancelled)).ShouldNotBeNull();

    private protected async Task<IReadOnlyList<SyncPlanSegment>> SegmentsAsync(SyncPlan plan) => (await PageAsync(plan.PlanId)).Segments;

    private protected async Task<SyncPlan> ShowAsync(Guid planId) => await ReadAsync(await Http.GetAsync($"/v1/plans/{planId}", Cancelled));

    private protected async Task<SyncDetails> ShowSyncAsync(Guid syncId) => (await Http.GetFromJsonAsync<SyncDetails>($"/v1/syncs/{syncId}", Json, Cancelled)).ShouldNotBeNull();
}
