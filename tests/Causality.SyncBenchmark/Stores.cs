using System.Globalization;
using Causality.Core;
using Causality.Protocol.Client;
using Causality.Protocol.Identity;
using Causality.Storage;
using Causality.TestKit.Operators;
using Causality.TestKit.Processes;
using Microsoft.Extensions.DependencyInjection;

namespace Causality.SyncBenchmark;

/// <summary>Makes and fills the operators' stores.</summary>
internal static class Stores
{
    private const int SegmentsPerImport = 500;
    private const long BytesPerImport = 32 * 1024 * 1024;

    /// <summary>Opens a store in this process, to fill it: for as long as no measured process has it.</summary>
    public static Task<OperatorHost> OpenAsync(OperatorStore store, IReadOnlyDictionary<string, string?> settings) =>
        OperatorHost.StartAsync(store, ServiceNames.Transfer, builder => builder.Services.AddSyncProtocolClient().AddPlanTables().AddPeerTables(), _ => { }, settings: settings);

    public static string PinOf(OperatorHost host) => host.Services.GetRequiredService<OperatorIdentity>().Pin;

    /// <summary>Imports a corpus.</summary>
    /// <returns>Its content bytes.</returns>
    public static async Task<long> FillAsync(OperatorHost host, Corpus corpus)
    {
        var (batch, bytes, total) = (new List<LogSegment>(), 0L, 0L);
        foreach (var segment in corpus.Make())
        {
            batch.Add(segment);
            bytes += segment.Content.Length;
            if (batch.Count < SegmentsPerImport && bytes < BytesPerImport)
                continue;
            await host.Log.ImportBatchAsync(batch, null, CancellationToken.None);
            total += bytes;
            (batch, bytes) = ([], 0);
        }

        if (batch.Count > 0)
            await host.Log.ImportBatchAsync(batch, null, CancellationToken.None);
        return total + bytes;
    }

    public static Dictionary<string, string?> Merge(IReadOnlyDictionary<string, string?>? one, IReadOnlyDictionary<string, string?> other)
    {
        var merged = new Dictionary<string, string?>(one ?? new Dictionary<string, string?>());
        foreach (var (name, value) in other)
            merged[name] = value;
        return merged;
    }

    /// <summary>The configuration of a store as a process reads it.</summary>
    public static IReadOnlyDictionary<string, string> Environment(OperatorStore store, IReadOnlyDictionary<string, string?> settings) =>
        // Compiled code as it is in the images, where tests spare it its protection.
        Merge(store.Settings, settings).Append(new("Logging:LogLevel:Default", "Warning")).Append(new("DOTNET_EnableWriteXorExecute", "1"))
            .ToDictionary(pair => pair.Key.Replace(":", "__", StringComparison.Ordinal), pair => pair.Value ?? "");

    /// <summary>Waits until a process answers.</summary>
    public static async Task WaitForAsync(int port, RunningProgram program)
    {
        using var client = new HttpClient();
        for (var attempt = 0; attempt < 600; attempt++)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/health/ready")));
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException) when (!program.HasEnded)
            {
                // Not up yet.
            }

            await Task.Delay(100);
        }

        throw new TimeoutException($"{program.Name} does not answer.\n{program.Tail}");
    }
}
