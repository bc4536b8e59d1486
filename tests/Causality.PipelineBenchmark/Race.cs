using System.Collections.Concurrent;
using System.Diagnostics;

namespace Causality.PipelineBenchmark;

/// <summary>Sends work down a number of lanes, each one piece at a time, and measures from sending to the answer.</summary>
internal sealed class Race
{
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource<string>> _open = new();

    /// <summary>An answer has come; one that nobody waits for is ignored.</summary>
    public void Answer(Guid id, string outcome)
    {
        if (_open.TryRemove(id, out var waiting))
            waiting.TrySetResult(outcome);
    }

    /// <summary>Runs it.</summary>
    /// <param name="lanes">Pieces at once.</param>
    /// <param name="count">Pieces in all.</param>
    /// <param name="send">Sends a piece down a lane.</param>
    /// <param name="wanted">The outcome that counts.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidOperationException">Another outcome, or none in time.</exception>
    public async Task<Sample> RunAsync(int lanes, int count, Func<int, Guid, Task> send, string wanted, CancellationToken cancellationToken)
    {
        var latencies = new ConcurrentBag<TimeSpan>();
        var left = count;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, lanes).Select(async lane =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
                latencies.Add(await OneAsync(lane, send, wanted, cancellationToken));
        }));
        return Sample.Of(latencies, watch.Elapsed);
    }

    private async Task<TimeSpan> OneAsync(int lane, Func<int, Guid, Task> send, string wanted, CancellationToken cancellationToken)
    {
        var (id, answer) = (Guid.NewGuid(), new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously));
        _open[id] = answer;
        var begun = Stopwatch.GetTimestamp();
        await send(lane, id);
        var outcome = await answer.Task.WaitAsync(Setting.Patience, cancellationToken);
        return outcome == wanted ? Stopwatch.GetElapsedTime(begun) : throw new InvalidOperationException($"A piece of work ended with {outcome}, not {wanted}.");
    }
}
