using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Causality.Contracts.Http.Control;
using Causality.Standalone.Embedding;
using Causality.TestKit.Processes;

namespace Causality.Observability.Tests.Tools;

/// <summary><c>causality serve</c> as a process of its own, in a folder that is deleted at the end.</summary>
internal sealed class ServedProcess : IAsyncDisposable
{
    private readonly HttpClient _http;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("causality-served-");
    private readonly RunningProgram _program;
    private readonly string _id;

    private ServedProcess(string id, Dictionary<string, string> environment)
    {
        var ports = FreePorts.Take(2);
        (_id, Url, PeerUrl) = (id, $"http://127.0.0.1:{ports[0]}", $"https://127.0.0.1:{ports[1]}");
        _http = new HttpClient { BaseAddress = new Uri(Url), Timeout = TimeSpan.FromSeconds(30) };
        string[] arguments = ["serve", "--id", id, "--data", Data, "--url", Url, "--peer-url", PeerUrl, "--Sync:Scheduled=false", "--Metrics:Interval=00:00:01"];
        _program = RunningProgram.Start(id, BuiltPrograms.Causality, arguments, environment, Path.Combine(_folder.FullName, "serve.log"));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public string Url { get; }

    public string PeerUrl { get; }

    public string Data => Path.Combine(_folder.FullName, "data");

    /// <summary>What it printed last.</summary>
    public string Tail => _program.Tail;

    /// <summary>Its control and application API.</summary>
    public HttpClient Http => _http;

    /// <summary>Starts it and waits until it is ready.</summary>
    public static async Task<ServedProcess> StartAsync(string id, Dictionary<string, string>? environment = null)
    {
        var one = new ServedProcess(id, environment ?? []);
        try
        {
            await Eventually.BecomesAsync(_ => one.IsReadyAsync(), ready => ready, $"{id} to be ready\n{one.Tail}", TimeSpan.FromMinutes(2), Token);
            return one;
        }
        catch
        {
            await one.DisposeAsync();
            throw;
        }
    }

    /// <summary>How another operator adds this one as a peer.</summary>
    public async Task<PeerRequest> AsPeerAsync()
    {
        var identity = await _http.GetFromJsonAsync<JsonElement>("/v1/identity", Token);
        return new PeerRequest { Id = _id, Address = PeerUrl, Pins = [identity.GetProperty("pin").GetString()!] };
    }

    /// <summary>Adds a peer.</summary>
    public async Task AddPeerAsync(PeerRequest peer)
    {
        using var answer = await _http.PostAsJsonAsync(ControlRoutes.Peers, new { id = peer.Id, address = peer.Address, pins = peer.Pins }, Token);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Makes it and an operator of this process each other's peers.</summary>
    public async Task IntroduceAsync(CausalityOperator other)
    {
        await AddPeerAsync(other.AsPeer());
        await other.SyncManager.AddPeerAsync(await AsPeerAsync(), Token);
    }

    /// <summary>Appends entries and makes them visible to peers.</summary>
    public async Task AppendAsync(int count)
    {
        var lines = string.Join('\n', Enumerable.Range(0, count).Select(number => $$"""{"id":"{{_id}}-{{number}}","timestamp":{{1_700_000_000_000 + number}},"entry_type":"event","data":true}"""));
        using var appended = await _http.PostAsync(new Uri("/v1/entries", UriKind.Relative), new StringContent(lines, Encoding.UTF8, "application/x-ndjson"), Token);
        appended.EnsureSuccessStatusCode();
        using var published = await _http.PostAsync(new Uri("/v1/log/publish", UriKind.Relative), null, Token);
        published.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        await _program.DisposeAsync();
        _http.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task<bool> IsReadyAsync()
    {
        if (_program.HasEnded)
            throw new InvalidOperationException(Tail);
        try
        {
            using var answer = await _http.GetAsync(new Uri("/health/ready", UriKind.Relative), Token);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
