using Microsoft.Extensions.Hosting;

namespace Causality.ServiceDefaults;

/// <summary>Knows whether every part of the host has started.</summary>
internal sealed class HostStarted : IHostedLifecycleService
{
    private volatile bool _isStarted;

    public bool IsStarted => _isStarted;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _isStarted = true;
        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
