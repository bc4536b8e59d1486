using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Causality.Contracts;
using Causality.Contracts.Http;
using Causality.Contracts.Http.Control;
using Causality.Core;
using Causality.Standalone.Input;

namespace Causality.Standalone.Client;

/// <summary>Talks to a running operator for the command line.</summary>
/// <param name="url">The control API: the embedded operator, or the <c>scheduler</c>.</param>
/// <param name="gatewayUrl">The application API: the embedded operator, or the <c>gateway</c>.</param>
/// <param name="conflictsUrl">The control API for conflicts: the embedded operator, or the <c>conflict-resolver</c>.</param>
/// <param name="token">Sent with every request; null for none.</param>
internal sealed class OperatorClient(Uri url, Uri gatewayUrl, Uri conflictsUrl, string? token) : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    // A redirect could lead the token elsewhere.
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromMinutes(5) };

    public Task<AppendAnswer> AppendAsync(IReadOnlyList<LogEntry> entries, bool dryRun, CancellationToken cancellationToken)
    {
        var body = new MemoryStream(entries.Sum(entry => entry.CanonicalBytes.Length + 1));
        foreach (var entry in entries)
        {
            body.Write(entry.CanonicalBytes.Span);
            body.WriteByte((byte)'\n');
        }

        body.Position = 0;
        var content = new StreamContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-ndjson") } };
        return SendAsync<AppendAnswer>(HttpMethod.Post, gatewayUrl, ApplicationRoutes.Entries + (dryRun ? "?dry_run=true" : ""), content, cancellationToken);
    }

    public Task<LogAnswer> PublishAsync(CancellationToken cancellationToken) => SendAsync<LogAnswer>(HttpMethod.Post, gatewayUrl, ApplicationRoutes.Publish, null, cancellationToken);

    public Task<LogAnswer> LogAsync(CancellationToken cancellationToken) => SendAsync<LogAnswer>(HttpMethod.Get, gatewayUrl, ApplicationRoutes.Log, null, cancellationToken);

    public Task<IdentityAnswer> IdentityAsync(CancellationToken cancellationToken) => SendAsync<IdentityAnswer>(HttpMethod.Get, gatewayUrl, ApplicationRoutes.Identity, null, cancellationToken);

    public Task<IReadOnlyList<PeerInfo>> PeersAsync(CancellationToken cancellationToken) => SendAsync<IReadOnlyList<PeerInfo>>(HttpMethod.Get, url, ControlRoutes.Peers, null, cancellationToken);

    public Task<PeerInfo> AddPeerAsync(PeerRequest peer, CancellationToken cancellationToken) =>
        SendAsync<PeerInfo>(HttpMethod.Post, url, ControlRoutes.Peers, JsonContent.Create(peer, options: Json), cancellationToken);

    public async Task RemovePeerAsync(string peerId, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Delete, url, $"{ControlRoutes.Peers}/{Uri.EscapeDataString(peerId)}", null, HttpCompletionOption.ResponseContentRead, cancellationToken);
    }

    public async Task SwitchPeerAsync(string peerId, bool on, CancellationToken cancellationToken)
    {
        var route = (on ? ControlRoutes.ResumePeer : ControlRoutes.PausePeer).Replace("{peerId}", Uri.EscapeDataString(peerId), StringComparison.Ordinal);
        using var response = await SendAsync(HttpMethod.Post, url, route, null, HttpCompletionOption.ResponseContentRead, cancellationToken);
    }

    public Task<IReadOnlyList<SyncTicket>> RequestSyncAsync(SyncRequest request, CancellationToken cancellationToken) =>
        SendAsync<IReadOnlyList<SyncTicket>>(HttpMethod.Post, url, ControlRoutes.Syncs, JsonContent.Create(request, options: Json), cancellationToken);

    public Task<SyncDetails> SyncAsync(Guid syncId, CancellationToken cancellationToken) => SendAsync<SyncDetails>(HttpMethod.Get, url, $"{ControlRoutes.Syncs}/{syncId}", null, cancellationToken);

    /// <summary>Asks for a plan or an explanation; it may still be running.</summary>
    public Task<SyncPlan> AskForPlanAsync(string peerId, string kind, SyncOverrides? overrides, CancellationToken cancellationToken) => SendAsync<SyncPlan>(
        HttpMethod.Post, url, (kind == PlanKinds.Plan ? ControlRoutes.PlanSync : ControlRoutes.Explain).Replace("{peerId}", Uri.EscapeDataString(peerId), StringComparison.Ordinal),
        overrides is null ? null : JsonContent.Create(new PlanRequest { Overrides = overrides }, options: Json), cancellationToken);

    public Task<SyncPlan> PlanAsync(Guid planId, CancellationToken cancellationToken) => SendAsync<SyncPlan>(HttpMethod.Get, url, $"/v1/plans/{planId}", null, cancellationToken);

    public Task<SyncPlanPage> PlanSegmentsAsync(Guid planId, string? after, int limit, CancellationToken cancellationToken) => SendAsync<SyncPlanPage>(
        HttpMethod.Get, url, $"/v1/plans/{planId}/segments?limit={limit}{(after is null ? "" : $"&after={Uri.EscapeDataString(after)}")}", null, cancellationToken);

    public Task<SchedulerStatus> StatusAsync(CancellationToken cancellationToken) => SendAsync<SchedulerStatus>(HttpMethod.Get, url, ControlRoutes.Status, null, cancellationToken);

    /// <summary>The log's lines as they stand in the answer, and the cursor for the next page, or null at the end.</summary>
    public Task<HttpResponseMessage> ReadEntriesAsync(string query, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, gatewayUrl, ApplicationRoutes.Entries + query, null, HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    /// <summary>Public events from now on; the first item says that the stream is open.</summary>
    public async IAsyncEnumerable<SseItem<string>> EventsAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Get, url, ControlRoutes.Events, null, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var item in SseParser.Create(body).EnumerateAsync(cancellationToken))
            yield return item;
    }

    public Task<ConflictPage> ConflictsAsync(string query, CancellationToken cancellationToken) => SendAsync<ConflictPage>(HttpMethod.Get, conflictsUrl, ConflictRoutes.Conflicts + query, null, cancellationToken);

    public Task<ConflictSummary> ConflictSummaryAsync(CancellationToken cancellationToken) => SendAsync<ConflictSummary>(HttpMethod.Get, conflictsUrl, ConflictRoutes.Summary, null, cancellationToken);

    public Task<ConflictDetails> ConflictAsync(string query, CancellationToken cancellationToken) => SendAsync<ConflictDetails>(HttpMethod.Get, conflictsUrl, ConflictRoutes.Details + query, null, cancellationToken);

    public Task<ConflictReport> ConflictReportAsync(string query, CancellationToken cancellationToken) => SendAsync<ConflictReport>(HttpMethod.Get, conflictsUrl, ConflictRoutes.Report + query, null, cancellationToken);

    public Task<ConflictDecisionsAnswer> DecideAsync(DecideConflicts decision, CancellationToken cancellationToken) =>
        SendAsync<ConflictDecisionsAnswer>(HttpMethod.Post, conflictsUrl, ConflictRoutes.Decide, JsonContent.Create(decision, options: Json), cancellationToken);

    public Task<ConflictDecisionsAnswer> UndoAsync(UndoConflicts undo, CancellationToken cancellationToken) =>
        SendAsync<ConflictDecisionsAnswer>(HttpMethod.Post, conflictsUrl, ConflictRoutes.Undo, JsonContent.Create(undo, options: Json), cancellationToken);

    /// <summary>The ledger as JSON Lines, as it streams in.</summary>
    public Task<HttpResponseMessage> ExportConflictsAsync(string query, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, conflictsUrl, ConflictRoutes.Export + query, null, HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    public Task<IReadOnlyList<TokenInfo>> TokensAsync(CancellationToken cancellationToken) => SendAsync<IReadOnlyList<TokenInfo>>(HttpMethod.Get, url, ControlRoutes.Tokens, null, cancellationToken);

    public Task<CreatedToken> CreateTokenAsync(TokenRequest request, CancellationToken cancellationToken) =>
        SendAsync<CreatedToken>(HttpMethod.Post, url, ControlRoutes.Tokens, JsonContent.Create(request, options: Json), cancellationToken);

    public async Task RevokeTokenAsync(string name, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Delete, url, $"{ControlRoutes.Tokens}/{Uri.EscapeDataString(name)}", null, HttpCompletionOption.ResponseContentRead, cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private async Task<T> SendAsync<T>(HttpMethod method, Uri to, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(method, to, path, content, HttpCompletionOption.ResponseContentRead, cancellationToken);
        return await response.Content.ReadFromJsonAsync<T>(Json, cancellationToken) ?? throw new InputException($"{to} answered {path} with nothing; is it a Causality operator?");
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, Uri to, string path, HttpContent? content, HttpCompletionOption completion, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(to, path)) { Content = content };
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        HttpResponseMessage response;
        try
        {
            response = await _http.SendAsync(request, completion, cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            throw new InputException($"No operator answers at {to} ({exception.HttpRequestError}). Start one with 'causality serve', or name it by --url (and --gateway-url where the services run apart).", exception);
        }

        if (response.IsSuccessStatusCode)
            return response;
        using (response)
            throw new ProblemException(response.StatusCode, await ReadProblemAsync(response, cancellationToken));
    }

    private static async Task<ProblemAnswer?> ReadProblemAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync<ProblemAnswer>(Json, cancellationToken);
        }
        catch (JsonException)
        {
            // Not one of ours: the status is all there is to tell.
            return null;
        }
    }
}
