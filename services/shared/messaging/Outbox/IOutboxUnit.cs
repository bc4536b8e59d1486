using Causality.Storage.Database;

namespace Causality.Messaging;

/// <summary>A transaction that carries messages. Not safe for concurrent use; good for one commit.</summary>
public interface IOutboxUnit : IAsyncDisposable
{
    /// <summary>The unit's own database context, inside its transaction. Changes are saved by <see cref="CommitAsync"/>.</summary>
    CausalityDbContext Database { get; }

    /// <summary>Adds an event for whoever subscribes to its type; kept in order with the unit's other messages.</summary>
    /// <typeparam name="T">The contract.</typeparam>
    /// <param name="message">The event; serialized at the commit.</param>
    void Publish<T>(T message) where T : class;

    /// <summary>Adds a message for one endpoint.</summary>
    /// <typeparam name="T">The contract.</typeparam>
    /// <param name="destination">The endpoint, for example <c>queue:compare-segments</c>.</param>
    /// <param name="message">The message; serialized at the commit.</param>
    void Send<T>(Uri destination, T message) where T : class;

    /// <summary>Adds a message that is to be sent later.</summary>
    /// <typeparam name="T">The contract.</typeparam>
    /// <param name="destination">The endpoint.</param>
    /// <param name="dueAt">When; a time in the past means at once.</param>
    /// <param name="message">The message; serialized at the commit.</param>
    /// <returns>The token that cancels it.</returns>
    Guid Schedule<T>(Uri destination, DateTimeOffset dueAt, T message) where T : class;

    /// <summary>Cancels a timer. One that has been sent already, or never was, is no error.</summary>
    /// <param name="token">What <see cref="Schedule"/> or a saga's schedule gave.</param>
    void Cancel(Guid token);

    /// <summary>Saves the changes, commits them together with the messages, and has these sent right away.</summary>
    /// <param name="cancellationToken">Gives up before the commit.</param>
    /// <exception cref="InvalidOperationException">The unit was committed before.</exception>
    Task CommitAsync(CancellationToken cancellationToken);
}
