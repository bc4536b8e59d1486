using System.Collections.Concurrent;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Causality.Messaging.Stopping;

/// <summary>Stops what consumes before anything that consumers lean on: the outbox's dispatcher, the desk of requests, and the bus itself.</summary>
/// <remarks>
/// The host stops its services one after the other, and a consumer that commits after the dispatcher has gone leaves its messages to another process' sweep.
/// So the endpoints stop first, while all else still runs. Work that may take minutes is told to stop at once: its command goes back to the queue, and
/// whoever takes it next goes on from the rows.
/// </remarks>
internal sealed class GracefulStop(ILogger<GracefulStop> logger) : IHostedLifecycleService, IReceiveEndpointObserver, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan HeadStart = TimeSpan.FromMilliseconds(100);
    private readonly ConcurrentDictionary<Uri, IReceiveEndpoint> _endpoints = new();
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Cancelled when the process begins to stop.</summary>
    internal CancellationToken Begun => _stopping.Token;

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        if (_stopping.IsCancellationRequested)
            return;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            var stopped = Task.WhenAll(_endpoints.Values.Select(endpoint => endpoint.Stop(limit.Token)));
            // The queue must know that we take no more before a message goes back to it, else it hands us the same one again and counts a delivery.
            await Task.Delay(HeadStart, limit.Token).ConfigureAwait(false);
            await _stopping.CancelAsync().ConfigureAwait(false);
            await stopped.WaitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            // What has not ended by now is not acknowledged: the broker hands it to another process when this one has gone.
            MessagingLog.EndpointsNotStopped(logger, error);
        }
    }

    public Task Ready(ReceiveEndpointReady ready)
    {
        _endpoints[ready.InputAddress] = ready.ReceiveEndpoint;
        return Task.CompletedTask;
    }

    Task IReceiveEndpointObserver.Stopping(ReceiveEndpointStopping stopping) => Task.CompletedTask;

    public Task Completed(ReceiveEndpointCompleted completed) => Task.CompletedTask;

    public Task Faulted(ReceiveEndpointFaulted faulted) => Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _stopping.Dispose();
}
