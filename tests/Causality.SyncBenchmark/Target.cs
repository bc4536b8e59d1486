using System.Globalization;
using System.Net.Http.Json;
using Causality.Contracts;
using Causality.TestKit.Operators;
using Causality.TestKit.Processes;

namespace Causality.SyncBenchmark;

/// <summary>The operator that lacks something: a fresh store, and a process with the real differ and transfer in it.</summary>
internal sealed class Target : IAsyncDisposable
{
    /// <summary>Its operator id.</summary>
    public const string Id = "target";

    private readonly HttpClient _client = new() { Timeout = Setting.Patience };
    private readonly OperatorStore _store;
    private readonly RunningProgram _program;
    private readonly int _port;

    private Target(OperatorStore store, RunningProgram program, int port) => (_store, _program, _port) = (store, program, port);

    /// <summary>Makes a store, fills it, and starts the process.</summary>
    /// <param name="identity">Folder with the identity that the sources know; filled by the first target.</param>
    /// <param name="corpus">What it has already; null for nothing.</param>
    /// <param name="settings">More configuration.</param>
    public static async Task<Target> OpenAsync(string identity, Corpus? corpus, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var store = await OperatorStore.CreateAsync(TestKit.Operators.Backend.PostgreSql);
        Copy(identity, Path.Combine(store.Folder, "identity"));
        settings = Stores.Merge(settings, new Dictionary<string, string?> { ["Operator:Id"] = Id });
        if (corpus is not null)
        {
            await using var host = await Stores.OpenAsync(store, settings);
            await Stores.FillAsync(host, corpus);
        }

        var port = FreePorts.Take(1)[0];
        var url = new Dictionary<string, string?> { ["Http:Url"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}") };
        var program = RunningProgram.Start("target", typeof(Target).Assembly.Location, ["target"], Stores.Environment(store, Stores.Merge(settings, url)), Path.Combine(store.Folder, "target.log"));
        await Stores.WaitForAsync(port, program);
        return new Target(store, program, port);
    }

    /// <summary>Makes the identity of all targets.</summary>
    /// <returns>Its pin.</returns>
    public static async Task<string> MakeIdentityAsync(string identity)
    {
        await using var store = await OperatorStore.CreateAsync(TestKit.Operators.Backend.Embedded);
        await using var host = await Stores.OpenAsync(store, new Dictionary<string, string?> { ["Operator:Id"] = Id });
        var pin = Stores.PinOf(host);
        Copy(Path.Combine(store.Folder, "identity"), identity);
        return pin;
    }

    /// <summary>Compares and transfers once.</summary>
    /// <param name="source">From where.</param>
    /// <param name="relay">Through a counting wire; null for straight.</param>
    public async Task<SyncFigures> SyncAsync(Source source, CountingRelay? relay = null)
    {
        var (cpu, gateway) = (ProcessFigures.CpuSeconds(_program.ProcessId), ProcessFigures.CpuSeconds(source.Gateway.ProcessId));
        var before = relay?.Bytes ?? 0;
        ProcessFigures.ForgetPeak(_program.ProcessId);
        ProcessFigures.ForgetPeak(source.Gateway.ProcessId);
        var request = new SyncRequest(source.Endpoint(relay?.Port), new SyncSettings());
        using var answer = await _client.PostAsJsonAsync(new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}{TargetProgram.Route}")), request);
        var text = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException($"The sync failed: {text}\n{_program.Tail}\n{source.Gateway.Tail}");
        var figures = System.Text.Json.JsonSerializer.Deserialize<SyncFigures>(text, System.Text.Json.JsonSerializerOptions.Web)!;
        return figures with
        {
            CpuSeconds = ProcessFigures.CpuSeconds(_program.ProcessId) - cpu,
            GatewayCpuSeconds = ProcessFigures.CpuSeconds(source.Gateway.ProcessId) - gateway,
            PeakMegabytes = ProcessFigures.PeakMegabytes(_program.ProcessId),
            GatewayPeakMegabytes = ProcessFigures.PeakMegabytes(source.Gateway.ProcessId),
            WireBytes = (relay?.Bytes ?? 0) - before,
        };
    }

    /// <summary>Ends the process and leaves its files to be deleted later.</summary>
    public async ValueTask EndAsync(Trash trash)
    {
        await _program.DisposeAsync();
        trash.Take(_store.Folder);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _program.DisposeAsync();
        await _store.DisposeAsync();
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from, "*.pem"))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
    }
}
