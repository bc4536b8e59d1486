using System.Net.Http.Json;
using System.Text.Json;
using Causality.Contracts.Http;
using Causality.Contracts.Http.Control;
using Causality.Standalone.Embedding;

namespace Causality.PipelineBenchmark;

/// <summary>The peers: small embedded operators in this process, each with its own identity, log and gateway, paired with the operator under test. Nobody's schedule runs.</summary>
internal sealed class PeerPark : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    private readonly List<CausalityOperator> _peers = [];
    private readonly string _folder = Directory.CreateTempSubdirectory("causality-bench-").FullName;

    public IReadOnlyList<CausalityOperator> Peers => _peers;

    public async Task OpenAsync(Setting setting, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        var identity = (await client.GetFromJsonAsync<IdentityAnswer>(setting.Gateway + ApplicationRoutes.Identity, Json, cancellationToken))!;
        for (var i = 1; i <= setting.Peers; i++)
        {
            var id = $"peer-{i}";
            var peer = CausalityOperator.Create(
                options =>
                {
                    (options.Id, options.DataFolder, options.Url, options.PeerUrl) = (id, Path.Combine(_folder, id), "http://127.0.0.1:0", "https://127.0.0.1:0");
                    options.Sync = sync => sync.Scheduled = false;
                },
                ["--Logging:LogLevel:Default=Warning"]);
            _peers.Add(peer);
            await peer.StartAsync(cancellationToken);
            // Pinned, so that it lets the operator under test in; it never calls there.
            await peer.SyncManager.AddPeerAsync(new PeerRequest { Id = identity.OperatorId, Address = "https://127.0.0.1:1", Pins = [identity.Pin] }, cancellationToken);
            using var answer = await client.PostAsJsonAsync(setting.Control + ControlRoutes.Peers, peer.AsPeer(), Json, cancellationToken);
            answer.EnsureSuccessStatusCode();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var peer in _peers)
            await peer.DisposeAsync();
        Directory.Delete(_folder, true);
    }
}
