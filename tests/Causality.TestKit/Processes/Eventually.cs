namespace Causality.TestKit.Processes;

/// <summary>Waits for a state that nobody announces, such as another process's readiness.</summary>
public static class Eventually
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>Looks again and again until the value is as wanted.</summary>
    /// <param name="read">Looks; must not throw for "not yet".</param>
    /// <param name="isWanted">The condition.</param>
    /// <param name="what">Completes "waited in vain for ...".</param>
    /// <param name="patience">How long to look.</param>
    /// <param name="cancellationToken">Ends the waiting with the test.</param>
    /// <returns>The value that was as wanted.</returns>
    /// <exception cref="TimeoutException">It never was; holds what it was at last.</exception>
    public static async Task<T> BecomesAsync<T>(Func<CancellationToken, Task<T>> read, Func<T, bool> isWanted, string what, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        using var timer = new PeriodicTimer(Interval);
        while (true)
        {
            var value = await read(cancellationToken).ConfigureAwait(false);
            if (isWanted(value))
                return value;

            try
            {
                await timer.WaitForNextTickAsync(limit.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException($"Waited {patience.TotalSeconds} s in vain for {what}; at last it was: {value}");
            }
        }
    }
}
