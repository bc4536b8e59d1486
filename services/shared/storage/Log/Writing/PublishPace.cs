using Microsoft.Extensions.Logging;

namespace Causality.Storage.Log.Writing;

/// <summary>Decides when to publish: soon after an append, at once after a rotation, and never more than a tenth of the time.</summary>
internal sealed class PublishPace : IAsyncDisposable
{
    /// <summary>Publishing rewrites the whole active segment, so under steady load it waits this many times as long as it took.</summary>
    private const int RestFactor = 10;

    private static readonly TimeSpan RestAfterFailure = TimeSpan.FromSeconds(1);

    private readonly SegmentPublisher _publisher;
    private readonly TimeSpan _delay;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _work = new(0, 1);
    private readonly SemaphoreSlim _hurry = new(0, 1);
    private readonly Task _loop;
    private int _disposed;

    /// <summary>Starts waiting for work.</summary>
    public PublishPace(SegmentPublisher publisher, TimeSpan delay, TimeProvider time, ILogger logger)
    {
        (_publisher, _delay, _time, _logger) = (publisher, delay, time, logger);
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Something was appended.</summary>
    public void Appended() => Raise(_work);

    /// <summary>A segment was sealed.</summary>
    public void Sealed()
    {
        Raise(_hurry);
        Raise(_work);
    }

    /// <summary>Ends the waiting; a publishing that runs is finished.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
            return;

        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        _stop.Dispose();
        _work.Dispose();
        _hurry.Dispose();
    }

    private async Task RunAsync()
    {
        var rest = TimeSpan.Zero;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await _work.WaitAsync(_stop.Token).ConfigureAwait(false);
                await WaitAsync(rest > _delay ? rest : _delay).ConfigureAwait(false);
                await _publisher.PublishAsync(CancellationToken.None).ConfigureAwait(false);
                rest = _publisher.LastDuration * RestFactor;
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception e)
            {
                // The journals keep the entries; only the wait for the next try differs by reason, and there is none worth giving up for.
                LogMessages.PublishFailed(_logger, "(active)", e);
                rest = RestAfterFailure;
                Raise(_work);
            }
        }
    }

    private async Task WaitAsync(TimeSpan delay)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        await Task.WhenAny(Task.Delay(delay, _time, waiting.Token), _hurry.WaitAsync(waiting.Token)).ConfigureAwait(false);
        await waiting.CancelAsync().ConfigureAwait(false);
        _stop.Token.ThrowIfCancellationRequested();
    }

    private static void Raise(SemaphoreSlim signal)
    {
        try
        {
            signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // Raised already.
        }
    }
}
