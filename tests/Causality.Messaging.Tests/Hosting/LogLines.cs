using Microsoft.Extensions.Logging;

namespace Causality.Messaging.Tests.Hosting;

/// <summary>Makes what the process logs something to wait for: an observation <c>log ID TEXT</c>.</summary>
internal sealed class LogLines(Observations seen) : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        seen.Add($"log {eventId.Id} {formatter(state, exception)}");

    public void Dispose()
    {
    }
}
