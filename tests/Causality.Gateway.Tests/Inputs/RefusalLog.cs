using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Causality.Gateway.Tests.Inputs;

/// <summary>Hears what a gateway logs of refusals, and of faults of its own.</summary>
internal sealed class RefusalLog : ILoggerProvider
{
    private const int PeerRefused = 7001;
    private const int ApplicationRefused = 7004;

    private readonly ConcurrentQueue<(LogLevel Level, int Id, string Text)> _lines = new();

    /// <summary>True for the event of a refusal.</summary>
    public static bool IsRefusal(int id) => id is PeerRefused or ApplicationRefused;

    /// <summary>Everything since the last call.</summary>
    public List<(LogLevel Level, int Id, string Text)> TakeAll()
    {
        var taken = new List<(LogLevel, int, string)>();
        while (_lines.TryDequeue(out var line))
            taken.Add(line);
        return taken;
    }

    public ILogger CreateLogger(string categoryName) => new Writer(_lines);

    public void Dispose()
    {
    }

    private sealed class Writer(ConcurrentQueue<(LogLevel Level, int Id, string Text)> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue((logLevel, eventId.Id, formatter(state, exception) + exception));
    }
}
