using System.Collections.Concurrent;

namespace Causality.Messaging.Observing;

/// <summary>The queues that this process consumes.</summary>
internal sealed class EndpointNames
{
    private readonly ConcurrentDictionary<string, long> _deadLetters = new(StringComparer.Ordinal);

    /// <summary>Notes a queue.</summary>
    public void Add(string queue) => _deadLetters.TryAdd(queue, 0);

    /// <summary>Notes that a message of the queue has become a dead letter.</summary>
    public void NoteDeadLetter(string queue) => _deadLetters.AddOrUpdate(queue, 1, (_, count) => count + 1);

    /// <summary>The queues, with the dead letters that this process has made of their messages.</summary>
    public IReadOnlyList<(string Queue, long DeadLetters)> All => [.. _deadLetters.Select(pair => (pair.Key, pair.Value))];
}
