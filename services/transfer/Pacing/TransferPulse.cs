using Causality.Contracts;
using Causality.Protocol;

namespace Causality.Transfer.Pacing;

/// <summary>
/// Tells the saga that a share is alive while bytes move, though no segment is whole yet: a large one on a slow line is longer on its way than a sync may be without progress, and would be begun anew
/// again and again.
/// </summary>
/// <param name="pace">The peer's; every byte from and to it passes here.</param>
/// <param name="settings">Of the sync.</param>
/// <param name="report">Tells the saga.</param>
/// <param name="time">The clock.</param>
internal sealed class TransferPulse(ITransferPace pace, SyncSettings settings, Func<Task> report, TimeProvider time) : ITransferPace
{
    /// <summary>Longest time for which moving bytes alone keep a share alive: under the broker's limit on an unacknowledged delivery (30 minutes by default), and no peer holds a share for ever by a trickle.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(20);

    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(5);

    private readonly long _began = time.GetTimestamp();
    private long _bytes;
    private int _heldUp;

    /// <summary>Often enough for the shortest time without progress.</summary>
    private TimeSpan Every => TimeSpan.FromMilliseconds(Math.Min(Usual.TotalMilliseconds, settings.SyncTimeoutMs / 4.0));

    /// <inheritdoc/>
    public async ValueTask TakeAsync(int bytes, CancellationToken cancellationToken)
    {
        Interlocked.Add(ref _bytes, bytes);
        Interlocked.Increment(ref _heldUp);
        try
        {
            await pace.TakeAsync(bytes, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _heldUp);
        }
    }

    /// <summary>Tells from time to time until the work has ended.</summary>
    public async Task WhileAsync(Task work)
    {
        using var ended = new CancellationTokenSource();
        var telling = TellAsync(ended.Token);
        try
        {
            await work;
        }
        finally
        {
            await ended.CancelAsync();
            await telling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TellAsync(CancellationToken ended)
    {
        var told = Interlocked.Read(ref _bytes);
        while (true)
        {
            await Task.Delay(Every, time, ended);
            if (time.GetElapsedTime(_began) > Longest)
                return;

            // Held up by our own limit is as good as moving.
            var moved = Interlocked.Read(ref _bytes);
            if (moved == told && Volatile.Read(ref _heldUp) == 0)
                continue;
            told = moved;
            await TryReportAsync();
        }
    }

    private async Task TryReportAsync()
    {
        try
        {
            await report();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Whoever stores next meets the same fault, and fails by it; this one only tells.
        }
    }
}
