namespace Causality.TestKit.Operators;

/// <summary>Waits for a state that nobody announces, such as a row's.</summary>
public static class Eventually
{
    /// <summary>Longest wait; a test that gets here has failed.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(15);

    /// <summary>Looks again and again until what it sees is as wanted.</summary>
    /// <param name="read">Looks.</param>
    /// <param name="wanted">What to wait for.</param>
    /// <param name="what">Names it for the failure.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What was seen last.</returns>
    /// <exception cref="TimeoutException">It did not become so; says what was seen instead.</exception>
    public static async Task<T> BecomesAsync<T>(Func<Task<T>> read, Func<T, bool> wanted, string what, CancellationToken cancellationToken = default)
    {
        var began = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(Look);
        while (true)
        {
            var value = await read().ConfigureAwait(false);
            if (wanted(value))
                return value;
            if (TimeProvider.System.GetElapsedTime(began) > Patience)
                throw new TimeoutException($"After {Patience.TotalSeconds} s still not: {what}; the last look saw {value}.");
            await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
