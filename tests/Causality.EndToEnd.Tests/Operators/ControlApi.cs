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
}
