using System.Globalization;
using System.Text;
using Causality.Storage;
using Causality.TestKit.Processes;
using Microsoft.Data.Sqlite;

namespace Causality.EdgeBenchmark;

/// <summary>A gateway process with a log and some peers, all limits at their defaults.</summary>
internal sealed class Target : IAsyncDisposable
{
    private const int Entries = 20_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("causality-edge-").FullName;
    private readonly int[] _ports = FreePorts.Take(2).ToArray();
    private RunningProgram _gateway = null!;

    /// <summary>The peers' door.</summary>
    public int Port => _ports[1];

    public static async Task<Target> StartAsync(params Keys[] peers)
    {
        var target = new Target();
        target._gateway = RunningProgram.Start("gateway", BuiltPrograms.Service(ServiceNames.Gateway), [], new Dictionary<string, string>
        {
            ["Operator__Id"] = "alpha",
            ["Storage__DataFolder"] = Path.Combine(target._folder, "data"),
            ["Http__Url"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{target._ports[0]}"),
            ["Gateway__PeerUrl"] = string.Create(CultureInfo.InvariantCulture, $"https://127.0.0.1:{target._ports[1]}"),
            // Compiled code as it is in the images, where tests spare it its protection.
            ["DOTNET_EnableWriteXorExecute"] = "1",
            ["Logging__LogLevel__Default"] = "Warning",
        }, Path.Combine(target._folder, "gateway.log"));
        using var client = new HttpClient { BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{target._ports[0]}")) };
        await target.WaitAsync(client);
        await target.KnowAsync(peers);
        for (var first = 0; first < Entries; first += 10_000)
        {
            var lines = string.Concat(Enumerable.Range(first, 10_000).Select(number => $"{{\"id\":\"e{number}\",\"timestamp\":{number},\"entry_type\":\"fact\",\"data\":{{\"n\":{number},\"text\":\"{new string('x', 150)}\"}}}}\n"));
            (await client.PostAsync("/v1/entries", new StringContent(lines, Encoding.UTF8, "application/x-ndjson"))).EnsureSuccessStatusCode();
        }

        (await client.PostAsync("/v1/log/publish", null)).EnsureSuccessStatusCode();
        return target;
    }

    /// <summary>Resident memory in MB: the greatest so far.</summary>
    public double PeakMegabytes() => File.ReadLines($"/proc/{_gateway.ProcessId}/status").Where(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
        .Select(line => double.Parse(line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024).Single();

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task WaitAsync(HttpClient client)
    {
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var attempt = 0; !await IsReadyAsync(client); attempt++)
        {
            if (_gateway.HasEnded || attempt > 1_200)
                throw new InvalidOperationException($"The gateway did not start.\n{_gateway.Tail}");
            await look.WaitForNextTickAsync();
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient client)
    {
        try
        {
            return (await client.GetAsync("/health/ready")).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false; // Not up yet.
        }
    }

    // Peers are the scheduler's to write; the gateway under test is alone.
    private async Task KnowAsync(Keys[] peers)
    {
        await using var database = new SqliteConnection($"Data Source={Path.Combine(_folder, "data", "causality.db")};Pooling=False");
        await database.OpenAsync();
        foreach (var peer in peers)
        {
            await using var insert = database.CreateCommand();
            insert.CommandText = "INSERT INTO scheduler_peers (id, address, pins, enabled, permissions, added_at, next_sync_at, successful_syncs, failed_syncs, version) VALUES ($id, 'https://peer.example', $pin, 1, 'read', 0, 0, 0, 0, 0)";
            insert.Parameters.AddWithValue("$id", peer.Id);
            insert.Parameters.AddWithValue("$pin", peer.Pin);
            await insert.ExecuteNonQueryAsync();
        }

    }
}
