using System.Collections.Concurrent;
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Causality.EndToEnd.Tests.Crashes;

/// <summary>Notes every event that ends a sync, and how many messages the queues hold.</summary>
internal sealed class BusWitness : IAsyncDisposable
{
    private const string Prefix = "Causality.Contracts:";
    private static readonly string[] Endings = ["SyncCompleted", "SyncSkipped", "SyncFailed", "SyncCancelled"];
    private readonly ConcurrentDictionary<Guid, ConcurrentDictionary<string, string>> _endings = [];
    private readonly IConnection _connection;

    private BusWitness(IConnection connection) => _connection = connection;

    /// <summary>Connects; from here on nothing is missed while the connection lasts.</summary>
    public static async Task<BusWitness> ConnectAsync(Uri broker, CancellationToken cancellationToken)
    {
        var witness = new BusWitness(await new ConnectionFactory { Uri = broker }.CreateConnectionAsync(cancellationToken));
        await witness.ListenAsync(cancellationToken);
        return witness;
    }

    /// <summary>The events that ended a sync, one for each message id: a copy of a message is no second event.</summary>
    public IReadOnlyCollection<string> EndingsOf(Guid syncId) => _endings.TryGetValue(syncId, out var messages) ? [.. messages.Values] : [];

    /// <summary>Messages that wait in the named queues.</summary>
    public async Task<IReadOnlyDictionary<string, uint>> CountAsync(IEnumerable<string> queues, CancellationToken cancellationToken)
    {
        await using var channel = await _connection.CreateChannelAsync(cancellationToken: cancellationToken);
        var counts = new Dictionary<string, uint>(StringComparer.Ordinal);
        foreach (var queue in queues)
            counts[queue] = (await channel.QueueDeclarePassiveAsync(queue, cancellationToken)).MessageCount;
        return counts;
    }

    public async ValueTask DisposeAsync() => await _connection.DisposeAsync();

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        var channel = await _connection.CreateChannelAsync(cancellationToken: cancellationToken);
        var queue = await channel.QueueDeclareAsync(cancellationToken: cancellationToken);
        foreach (var ending in Endings)
        {
            await channel.ExchangeDeclareAsync(Prefix + ending, "fanout", durable: true, cancellationToken: cancellationToken);
            await channel.QueueBindAsync(queue.QueueName, Prefix + ending, "", cancellationToken: cancellationToken);
        }

        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            using var envelope = JsonDocument.Parse(delivery.Body);
            var syncId = envelope.RootElement.GetProperty("message").GetProperty("syncId").GetGuid();
            _endings.GetOrAdd(syncId, _ => [])[delivery.BasicProperties.MessageId!] = delivery.Exchange[Prefix.Length..];
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue.QueueName, true, consumer, cancellationToken);
    }
}
