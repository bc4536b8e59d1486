using Causality.TestKit.Processes;

namespace Causality.Standalone.Tests.CommandLine;

/// <summary><c>causality serve</c> as a process of its own, in a folder that is deleted at the end.</summary>
internal sealed class ServedOperator : IAsyncDisposable
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("causality-served-");
    private readonly string[] _settings;
    private RunningProgram? _program;

    private ServedOperator(string id, string? data, string[] settings)
    {
        (Id, _settings) = (id, settings);
        Data = data ?? Path.Combine(Folder, "data");
        var ports = FreePorts.Take(2);
        (Url, PeerUrl) = (new Uri($"http://127.0.0.1:{ports[0]}"), new Uri($"https://127.0.0.1:{ports[1]}"));
    }

    public string Id { get; }

    public Uri Url { get; }

    public Uri PeerUrl { get; }

    public string Folder => _folder.FullName;

    public string Data { get; }

    public RunningProgram Program => _program!;

    public string Log => File.ReadAllText(Path.Combine(Folder, "serve.log"));

    /// <summary>Starts one with settings such as <c>--Storage:Provider=PostgreSql</c> beside the usual ones.</summary>
    public static Task<ServedOperator> StartAsync(string id, params string[] settings) => LaunchAsync(id, data: null, settings);

    /// <summary>Starts one in a data folder that is there already, and is not deleted at the end.</summary>
    public static Task<ServedOperator> StartInAsync(string data, string id, params string[] settings) => LaunchAsync(id, data, settings);

    private static async Task<ServedOperator> LaunchAsync(string id, string? data, string[] settings)
    {
        var one = new ServedOperator(id, data, settings);
        try
        {
            await one.StartAsync();
            return one;
        }
        catch
        {
            await one.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it, again if it was ended, and waits until it is ready.</summary>
    public async Task StartAsync()
    {
        if (_program is not null)
            await _program.DisposeAsync();
        string[] arguments = ["serve", "--id", Id, "--data", Data, "--url", Url.OriginalString, "--peer-url", PeerUrl.OriginalString, "--Sync:Scheduled=false", "--Sync:RetryDelay=00:00:00.05", .. _settings];
        _program = RunningProgram.Start(Id, BuiltPrograms.Causality, arguments, new Dictionary<string, string>(), Path.Combine(Folder, "serve.log"));
        await Eventually.BecomesAsync(IsReadyAsync, ready => ready, $"{Id} to be ready\n{_program.Tail}\n", TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    /// <summary>What it tells Prometheus.</summary>
    public Task<string> MetricsAsync() => Http.GetStringAsync(new Uri(Url, "/metrics"), TestContext.Current.CancellationToken);

    /// <summary>Runs a command against this operator.</summary>
    public Task<ProgramRun> RunAsync(params string[] arguments) => Cli.RunAsync(Folder, Url, arguments);

    /// <summary>Writes a file beside it and gives its name.</summary>
    public string Write(string name, params string[] lines)
    {
        File.WriteAllLines(Path.Combine(Folder, name), lines);
        return name;
    }

    /// <summary>The operator's pin, as a person reads it.</summary>
    public async Task<string> ReadPinAsync()
    {
        var status = await RunAsync("status");
        return status.Output.Split('\n').Single(line => line.StartsWith("Pin", StringComparison.Ordinal))[^64..];
    }

    public async ValueTask DisposeAsync()
    {
        if (_program is not null)
            await _program.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        if (Program.HasEnded)
            throw new InvalidOperationException(Program.Tail);
        try
        {
            using var answer = await Http.GetAsync(new Uri(Url, "/health/ready"), cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException || (exception is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // It answers nobody yet: a machine under load takes longer than a client waits.
            return false;
        }
    }
}
