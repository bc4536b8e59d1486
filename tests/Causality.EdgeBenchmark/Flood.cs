using System.Diagnostics;
using System.Net;
using Causality.Contracts.Http;

namespace Causality.EdgeBenchmark;

/// <summary>A peer that asks ten times as often as it may.</summary>
internal sealed class Flood(Keys peer, int port, int perSecond) : IAsyncDisposable
{
    /// <summary>Ten times the default of 200.</summary>
    public const int PerSecond = 2_000;

    private const int Workers = 32;

    private readonly CancellationTokenSource _end = new();
    private readonly HttpClient _client = peer.ClientOf(port, Workers);
    private Task _work = Task.CompletedTask;
    private long _began;
    private int _asked;
    private int _refused;

    /// <summary>Answers with 429.</summary>
    public int Refused => _refused;

    /// <summary>Requests a second, as many as this machine could send.</summary>
    public double Rate => _asked / Stopwatch.GetElapsedTime(_began).TotalSeconds;

    public Flood Begin()
    {
        _began = Stopwatch.GetTimestamp();
        _work = Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(AskAsync)));
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _work;
        _client.Dispose();
        _end.Dispose();
    }

    private async Task AskAsync()
    {
        using var beat = new PeriodicTimer(TimeSpan.FromSeconds((double)Workers / perSecond));
        while (!_end.IsCancellationRequested && await beat.WaitForNextTickAsync())
        {
            Interlocked.Increment(ref _asked);
            try
            {
                using var answer = await _client.GetAsync(SyncRoutes.Info);
                if (answer.StatusCode == HttpStatusCode.TooManyRequests)
                    Interlocked.Increment(ref _refused);
            }
            catch (HttpRequestException)
            {
                // Cut off: as good as refused.
            }
        }
    }
}
