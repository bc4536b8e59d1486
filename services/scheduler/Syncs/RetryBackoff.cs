using Causality.Scheduler.Options;

namespace Causality.Scheduler.Syncs;

/// <summary>How long to wait before the next attempt: doubling, with full jitter in the upper half, so that many peers of a returning operator do not come back at once.</summary>
internal static class RetryBackoff
{
    /// <param name="options">First and longest wait.</param>
    /// <param name="retries">Attempts that have failed, at least 1.</param>
    /// <param name="retryAfter">What the peer asked for; never waited less than that, up to a day.</param>
    /// <param name="random">A number from 0 to 1.</param>
    public static TimeSpan Next(SyncOptions options, int retries, TimeSpan? retryAfter, double random)
    {
        var doubled = options.RetryDelay * Math.Pow(2, Math.Min(retries - 1, 30));
        var bounded = doubled < options.MaxRetryDelay ? doubled : options.MaxRetryDelay;
        var wait = bounded * (0.5 + (random / 2));
        var asked = retryAfter is { } after && after < TimeSpan.FromDays(1) ? after : TimeSpan.Zero;
        return wait > asked ? wait : asked;
    }
}
