namespace Causality.Messaging.Delivery;

/// <summary>When to try a message again that could not be sent.</summary>
internal static class Backoff
{
    /// <summary>Short, so that a broker's return is noticed soon; a row that waits costs one attempt in this time.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <returns>Milliseconds since the Unix epoch: half a second doubled by each attempt, give or take a fifth.</returns>
    internal static long NextAttempt(DateTimeOffset now, int attempts)
    {
        var wait = TimeSpan.FromSeconds(Math.Min(Longest.TotalSeconds, 0.25 * Math.Pow(2, Math.Min(attempts, 16))));
        return (now + wait * (0.8 + 0.4 * Random.Shared.NextDouble())).ToUnixTimeMilliseconds();
    }
}
