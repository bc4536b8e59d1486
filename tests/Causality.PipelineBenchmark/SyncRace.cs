using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Causality.PipelineBenchmark;

/// <summary>Syncs as another system asks for them: plain JSON to the public exchange, answers from the public events.</summary>
internal sealed class SyncRace : IAsyncDisposable
{
    private const string Wanted = "SyncSkipped";
    private static readonly string[] Ends = [Wanted, "SyncCompleted", "SyncFailed", "SyncRejected", "SyncCancelled"];
    private readonly Race _race = new();
    private readonly IConnection _connection;
    private readonly IChannel _publisher;
    private readonly IChannel _receiver;
    private readonly IReadOnlyList<string> _peers;

    private SyncRace(IConnection connection, IChannel publisher, IChannel receiver, IReadOnlyList<string> peers) =>
        (_connection, _publisher, _receiver, _peers) = (connection, publisher, receiver, peers);

    public static async Task<SyncRace> OpenAsync(Setting setting, IReadOnlyList<string> peers, CancellationToken cancellationToken)
    {
        var connection = await new ConnectionFactory { Uri = setting.Amqp, ClientProvidedName = "bench syncs" }.CreateConnectionAsync(cancellationToken);
        var publisher = await connection.CreateChannelAsync(new CreateChannelOptions(true, true), cancellationToken);
        var race = new SyncRace(connection, publisher, await connection.CreateChannelAsync(cancellationToken: cancellationToken), peers);
        await race.ListenAsync(cancellationToken);
        return race;
    }

    public Task<Sample> RunAsync(int lanes, int count, CancellationToken cancellationToken) => _race.RunAsync(Math.Min(lanes, _peers.Count), count, SendAsync, Wanted, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _publisher.DisposeAsync();
        await _receiver.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        var queue = await _receiver.QueueDeclareAsync(cancellationToken: cancellationToken);
        foreach (var end in Ends)
            await _receiver.QueueBindAsync(queue.QueueName, $"Causality.Contracts:{end}", "", cancellationToken: cancellationToken);
        var consumer = new AsyncEventingBasicConsumer(_receiver);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            using var envelope = JsonDocument.Parse(delivery.Body);
            _race.Answer(envelope.RootElement.GetProperty("message").GetProperty("syncId").GetGuid(), delivery.Exchange[(delivery.Exchange.IndexOf(':', StringComparison.Ordinal) + 1)..]);
            return Task.CompletedTask;
        };
        await _receiver.BasicConsumeAsync(queue.QueueName, true, consumer, cancellationToken);
    }

    private async Task SendAsync(int lane, Guid id)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new { syncId = id, peerId = _peers[lane], requestedBy = "bench" });
        var properties = new BasicProperties { ContentType = "application/json", MessageId = id.ToString(), Persistent = true };
        await _publisher.BasicPublishAsync("Causality.Contracts:SyncRequested", "", true, properties, body);
    }
}
