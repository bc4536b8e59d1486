using Causality.TestKit.Processes;

namespace Causality.Observability.Tests.Tools;

/// <summary><c>causality serve</c> as a process of its own, in a folder that is deleted at the end.</summary>
internal sealed class ServedProcess : IAsyncDisposable
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("causality-served-");
    private readonly RunningProgram _program;

    private ServedProcess(string id, Dictionary<string, string> environment)
    {
        var ports = FreePorts.Take(2);
        (Url, PeerUrl) = ($"http://127.0.0.1:{ports[0]}", $"https://127.0.0.1:{ports[1]}");
        string[] arguments = ["serve", "--id", id, "--data", Path.Combine(_folder.FullName, "data"), "--url", Url, "--peer-url", PeerUrl, "--Sync:Scheduled=false", "--Metrics:Interval=00:00:01"];
        _program = RunningProgram.Start(id, BuiltPrograms.Causality, arguments, environment, Path.Combine(_folder.FullName, "serve.log"));
    }

    public string Url { get; }

    public string PeerUrl { get; }

    /// <summary>What it printed last.</summary>
    public string Tail => _program.Tail;

    /// <summary>Starts it and waits until it is ready.</summary>
    public static async Task<ServedProcess> StartAsync(string id, Dictionary<string, string>? environment = null)
    {
        var one = new ServedProcess(id, environment ?? []);
        try
        {
            await TestKit.Operators.Eventually.BecomesAsync(one.IsReadyAsync, ready => ready, $"{id} to be ready\n{one.Tail}", TestContext.Current.CancellationToken);
            return one;
        }
        catch
        {
            await one.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _program.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task<bool> IsReadyAsync()
    {
        if (_program.HasEnded)
            throw new InvalidOperationException(Tail);
        try
        {
            using var answer = await Http.GetAsync(new Uri($"{Url}/health/ready"), TestContext.Current.CancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
