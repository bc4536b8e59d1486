using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Causality.Messaging.Configuration;

/// <summary>Makes the bus log where its own host does.</summary>
/// <remarks>
/// MassTransit keeps the logger factory of the first bus in the flow of execution, so that a process which stops an embedded operator and starts another
/// would meet a disposed one. The host makes its services in the flow that it then starts the bus in.
/// </remarks>
internal sealed class BusLogging : IHostedService
{
    public BusLogging(ILoggerFactory loggers) => LogContext.ConfigureCurrentLogContext(loggers);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
