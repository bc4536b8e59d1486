using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Causality.Protocol.Tests.Hosting;

/// <summary>Keeps what is logged, by event id.</summary>
internal sealed class HeardLog<T> : ILogger<T>
{
    private readonly Channel<(int Id, string Text)> _lines = Channel.CreateUnbounded<(int, string)>();

    /// <summary>The next line; waits for it.</summary>
    public ValueTask<(int Id, string Text)> NextAsync() => _lines.Reader.ReadAsync(TestContext.Current.CancellationToken);

    /// <summary>Every line that has not been taken.</summary>
    public List<(int Id, string Text)> TakeAll()
    {
        var lines = new List<(int, string)>();
        while (_lines.Reader.TryRead(out var line))
            lines.Add(line);
        return lines;
    }

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => _lines.Writer.TryWrite((eventId.Id, formatter(state, exception)));
}
