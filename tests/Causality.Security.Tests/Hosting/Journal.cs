using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Causality.Security.Tests.Hosting;

/// <summary>Keeps every line that a process logs, with its exceptions.</summary>
internal sealed class Journal : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyCollection<string> Lines => _lines;

    public ILogger CreateLogger(string categoryName) => new Writer(_lines, categoryName);

    public void Dispose()
    {
    }

    private sealed class Writer(ConcurrentQueue<string> lines, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{logLevel} {category}[{eventId.Id}] {formatter(state, exception)} {exception}");
    }
}
