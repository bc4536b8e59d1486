using System.Net.Http.Json;
using System.Text.Json;
using Causality.Contracts;
using Causality.Contracts.Http.Control;

namespace Causality.EndToEnd.Tests.Operators;

/// <summary>An operator's scheduler, over HTTP.</summary>
public sealed class ControlApi(HttpClient http, Uri url)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public async Task AddPeerAsync(string id, int port, string pin, CancellationToken cancellationToken)
    {
        var peer = new PeerRequest { Id = id, Address = $"https://127.0.0.1:{port}", Pins = [pin] };
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
