using System.Globalization;
using Causality.Contracts;
using Causality.Core;
using Causality.Storage;
using Causality.Storage.Database.Records;
using Causality.TestKit.Operators;
using Causality.TestKit.Processes;

namespace Causality.SyncBenchmark;

/// <summary>The operator that has the log: a store on PostgreSQL and a gateway process before it.</summary>
internal sealed class Source : IAsyncDisposable
{
    /// <summary>Its operator id.</summary>
    public const string Id = "source";

    private readonly OperatorStore _store;

    private Source(OperatorStore store) => _store = store;

    public RunningProgram Gateway { get; private set; } = null!;

    public int PeerPort { get; private set; }

    public string Pin { get; private set; } = "";

    /// <summary>Content bytes of its log.</summary>
    public long Bytes { get; private set; }

    /// <summary>Fills a store and opens its gateway.</summary>
    /// <param name="corpus">Its log.</param>
    /// <param name="stranger">The pin of the one peer.</param>
    /// <param name="settings">More configuration.</param>
    public static async Task<Source> OpenAsync(Corpus corpus, string stranger, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var source = new Source(await OperatorStore.CreateAsync(TestKit.Operators.Backend.PostgreSql));
        settings = Stores.Merge(settings, new Dictionary<string, string?> { ["Operator:Id"] = Id });
        await using (var host = await Stores.OpenAsync(source._store, settings))
        {
            source.Bytes = await Stores.FillAsync(host, corpus);
            source.Pin = Stores.PinOf(host);
            await host.ChangeAsync(database =>
            {
                database.Add(new PeerRecord { Id = Target.Id, Address = "https://127.0.0.1:1", Pins = stranger });
                return Task.CompletedTask;
            });
        }

        var ports = FreePorts.Take(2);
        source.PeerPort = ports[1];
        var environment = Stores.Environment(source._store, Stores.Merge(settings, new Dictionary<string, string?>
        {
            ["Http:Url"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{ports[0]}"),
            ["Gateway:PeerUrl"] = string.Create(CultureInfo.InvariantCulture, $"https://127.0.0.1:{ports[1]}"),
        }));
        source.Gateway = RunningProgram.Start("gateway", BuiltPrograms.Service(ServiceNames.Gateway), [], environment, Path.Combine(source._store.Folder, "gateway.log"));
        await Stores.WaitForAsync(ports[0], source.Gateway);
        return source;
    }

    /// <summary>How a peer reaches it, at its own port or at a relay's.</summary>
    public PeerEndpoint Endpoint(int? port = null) =>
        new() { Id = Id, Address = string.Create(CultureInfo.InvariantCulture, $"https://127.0.0.1:{port ?? PeerPort}"), Pins = [Pin] };

    public async ValueTask DisposeAsync()
    {
        if (Gateway is not null)
            await Gateway.DisposeAsync();
        await _store.DisposeAsync();
    }
}
