using System.Diagnostics;
using System.Net;
using Causality.Contracts.Http;

namespace Causality.EdgeBenchmark;

/// <summary>Peers that ask at a steady pace, well within their limits, and note how long each answer takes.</summary>
internal sealed class HonestPeers(IReadOnlyList<HttpClient> clients)
{
    private const int PerSecond = 40;

    private static readonly byte[] Reconcile = [0x61, 0, 0, 2, 0];

    /// <summary>Answers that were none.</summary>
    public int Failed { get; private set; }

    /// <summary>Asks for a while.</summary>
    /// <returns>Milliseconds of each answer.</returns>
    public async Task<List<double>> AskAsync(TimeSpan duration)
    {
        var all = await Task.WhenAll(clients.Select(client => AskAsync(client, duration)));
        return [.. all.SelectMany(times => times)];
    }

    private async Task<List<double>> AskAsync(HttpClient client, TimeSpan duration)
    {
        var times = new List<double>();
        var began = Stopwatch.GetTimestamp();
        using var beat = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / PerSecond));
        for (var number = 0; Stopwatch.GetElapsedTime(began) < duration && await beat.WaitForNextTickAsync(); number++)
        {
            var asked = Stopwatch.GetTimestamp();
            try
            {
                using var answer = number % 2 == 0 ? await client.GetAsync(SyncRoutes.Info) : await client.PostAsync(SyncRoutes.Reconcile, Message());
                await answer.Content.ReadAsByteArrayAsync();
                Failed += answer.StatusCode == HttpStatusCode.OK ? 0 : 1;
            }
            catch (HttpRequestException)
            {
                Failed++;
            }

            times.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
        }

        return times;
    }

    private static ByteArrayContent Message()
    {
        var content = new ByteArrayContent(Reconcile);
        content.Headers.ContentType = new(SyncMediaTypes.Negentropy);
        return content;
    }
}
