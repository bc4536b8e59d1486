namespace Causality.Storage.Observing;

/// <summary>Gauges whose values cost a query, a file or a connection: renewed at a steady pace, read by whoever scrapes.</summary>
public interface IGaugeSource
{
    /// <summary>Longest time that renewing may take; the other sources wait meanwhile.</summary>
    TimeSpan Limit => TimeSpan.FromSeconds(5);

    /// <summary>Looks and remembers.</summary>
    /// <param name="cancellationToken">The limit has passed, or the process stops.</param>
    Task RefreshAsync(CancellationToken cancellationToken);
}
