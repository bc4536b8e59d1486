using System.Net.Http.Json;
using System.Text.Json;
using Causality.Contracts;
using Causality.Contracts.Http.Control;

namespace Causality.EndToEnd.Tests.Operators;

/// <summary>An operator's scheduler, over HTTP.</summary>
public sealed class ControlApi(HttpClient http, Uri url)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Adds a peer or changes it.</summary>
    /// <param name="id">Its operator id.</param>
    /// <param name="port">Of its gateway.</param>
    /// <param name="pin">Of its key.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="permissions">What it may do here; none for what it may already, or for a new one reading and resolving.</param>
    public async Task AddPeerAsync(string id, int port, string pin, CancellationToken cancellationToken, params string[] permissions)
    {
        var peer = new PeerRequest { Id = id, Address = $"https://127.0.0.1:{port}", Pins = [pin], Permissions = permissions.Length == 0 ? null : permissions };
        using var answer = await http.PostAsJsonAsync(new Uri(url, ControlRoutes.Peers), peer, Json, cancellationToken);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync(cancellationToken));
    }

    public async Task RemovePeerAsync(string id, CancellationToken cancellationToken)
    {
        using var answer = await http.DeleteAsync(new Uri(url, $"{ControlRoutes.Peers}/{id}"), cancellationToken);
        answer.IsSuccessStatusCode.ShouldBeTrue();
    }

    public async Task<Guid> RequestAsync(string peerId, SyncOverrides? overrides, CancellationToken cancellationToken)
    {
        using var answer = await http.PostAsJsonAsync(new Uri(url, ControlRoutes.Syncs), new SyncRequest { PeerId = peerId, Overrides = overrides }, Json, cancellationToken);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync(cancellationToken));
        return (await answer.Content.ReadFromJsonAsync<List<SyncTicket>>(Json, cancellationToken))!.Single().SyncId;
    }

    public async Task<SyncDetails> FindAsync(Guid syncId, CancellationToken cancellationToken) =>
        (await http.GetFromJsonAsync<SyncDetails>(new Uri(url, $"{ControlRoutes.Syncs}/{syncId}"), Json, cancellationToken))!;

    public async Task<IReadOnlyList<PeerInfo>> PeersAsync(CancellationToken cancellationToken) =>
        (await http.GetFromJsonAsync<List<PeerInfo>>(new Uri(url, ControlRoutes.Peers), Json, cancellationToken))!;

    /// <summary>Why the logs differ now: each segment that does, with its direction and reason.</summary>
    public async Task<IReadOnlyList<(string SegmentId, string Direction, string? Reason)>> ExplainAsync(string peerId, SyncOverrides? overrides, CancellationToken cancellationToken)
    {
        using var answer = await http.PostAsJsonAsync(new Uri(url, $"/v1/peers/{peerId}/explanation?wait_ms=20000"), new PlanRequest { Overrides = overrides }, Json, cancellationToken);
        answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(cancellationToken));
        var plan = (await answer.Content.ReadFromJsonAsync<SyncPlan>(Json, cancellationToken))!;
        var page = (await http.GetFromJsonAsync<SyncPlanPage>(new Uri(url, $"/v1/plans/{plan.PlanId}/segments?limit=1000"), Json, cancellationToken))!;
        return [.. page.Segments.Select(segment => (segment.SegmentId, segment.Direction, segment.Reason))];
    }

    /// <summary>Asks for a sync under an id of the caller's.</summary>
    /// <returns>False when nobody answered or the scheduler was not able to; asking again is harmless.</returns>
    public async Task<bool> TryRequestAsync(Guid syncId, string peerId, SyncOverrides? overrides, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.PostAsJsonAsync(new Uri(url, ControlRoutes.Syncs), new SyncRequest { SyncId = syncId, PeerId = peerId, Overrides = overrides }, Json, cancellationToken);
            // A conflict says that the id is known: an earlier request was admitted although its answer was lost.
            return answer.IsSuccessStatusCode || answer.StatusCode == System.Net.HttpStatusCode.Conflict;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or System.Net.Sockets.SocketException)
        {
            return false;
        }
    }

    /// <summary>Looks for a sync where the scheduler may be away.</summary>
    /// <returns>Whether an answer says that it is known, or none came; and its figures if they came.</returns>
    public async Task<(bool Known, SyncResult? Result)> TryFindAsync(Guid syncId, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(url, $"{ControlRoutes.Syncs}/{syncId}"), cancellationToken);
            if (!answer.IsSuccessStatusCode)
                return (answer.StatusCode != System.Net.HttpStatusCode.NotFound, null);
            return (true, (await answer.Content.ReadFromJsonAsync<SyncDetails>(Json, cancellationToken))!.Result);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or System.Net.Sockets.SocketException)
        {
            return (true, null);
        }
    }
}
