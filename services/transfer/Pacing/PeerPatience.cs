using Causality.Contracts;
using Causality.Protocol;

namespace Causality.Transfer.Pacing;

/// <summary>Waits when a peer asks for it, instead of failing the attempt: no longer in a row than a sync may be without progress.</summary>
/// <param name="settings">Of the sync.</param>
/// <param name="report">Tells the saga that the step is alive.</param>
/// <param name="time">The clock.</param>
internal sealed class PeerPatience(SyncSettings settings, Func<Task> report, TimeProvider time)
{
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(5);

    private TimeSpan _waited;

    /// <summary>Something came through: the next wait is a first one again.</summary>
    public void Reset() => _waited = TimeSpan.Zero;

    /// <summary>Waits as long as the peer asks.</summary>
    /// <returns>False at once when that would be too long; then the attempt fails, and the saga waits.</returns>
    public async Task<bool> WaitAsync(PeerUnavailableException overloaded, CancellationToken cancellationToken)
    {
        if (overloaded.Reason != SyncReasons.PeerOverloaded)
            return false;
        var wait = overloaded.RetryAfter is { } asked && asked > TimeSpan.Zero ? asked : Usual;
        if (_waited + wait > TimeSpan.FromMilliseconds(settings.SyncTimeoutMs))
            return false;

        _waited += wait;
        for (var left = wait; left > TimeSpan.Zero; left -= ReportEvery)
        {
            await Task.Delay(left < ReportEvery ? left : ReportEvery, time, cancellationToken);
            await report();
        }

        return true;
    }
}
