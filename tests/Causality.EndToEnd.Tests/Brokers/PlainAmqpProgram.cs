using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Causality.EndToEnd.Tests.Brokers;

/// <summary>A program that knows AMQP, JSON and the names of the contracts, and nothing of how the operator is made.</summary>
internal sealed class PlainAmqpProgram : IAsyncDisposable
{
    private const string Prefix = "Causality.Contracts:";
    private static readonly string[] Endings = ["SyncCompleted", "SyncSkipped", "SyncFailed", "SyncCancelled", "SyncRejected"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly IConnection _connection;
    private readonly IChannel _channel;
    private readonly Channel<SyncEnding> _endings = Channel.CreateUnbounded<SyncEnding>();

    private PlainAmqpProgram(IConnection connection, IChannel channel) => (_connection, _channel) = (connection, channel);

    /// <summary>Connects and binds a queue of its own to the events that end a sync.</summary>
    public static async Task<PlainAmqpProgram> ConnectAsync(Uri broker, CancellationToken cancellationToken)
    {
        var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync(cancellationToken);
        var program = new PlainAmqpProgram(connection, await connection.CreateChannelAsync(cancellationToken: cancellationToken));
        await program.ListenAsync(cancellationToken);
        return program;
    }

    /// <summary>Asks for a sync by plain JSON and waits for the event that ends it.</summary>
    /// <param name="peerId">The peer.</param>
    /// <param name="cancellationToken">Ends the waiting with the test.</param>
    /// <param name="overrides">Members of <c>overrides</c>, as JSON.</param>
    public async Task<SyncEnding> SyncAsync(string peerId, CancellationToken cancellationToken, string overrides = "{}")
    {
        var syncId = Guid.NewGuid();
        var body = $$"""{"syncId":"{{syncId}}","peerId":"{{peerId}}","requestedBy":"plain-amqp","overrides":{{overrides}}}""";
        var properties = new BasicProperties { ContentType = "application/json" };
        await _channel.BasicPublishAsync(Prefix + "SyncRequested", "", true, properties, Encoding.UTF8.GetBytes(body), cancellationToken);

        return await EndOfAsync(syncId, cancellationToken);
    }

    /// <summary>Waits for the event that ends a sync that somebody has asked for.</summary>
    public async Task<SyncEnding> EndOfAsync(Guid syncId, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            while (true)
            {
                var ending = await _endings.Reader.ReadAsync(limit.Token);
                if (ending.SyncId == syncId)
                    return ending;
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"Nothing ended sync {syncId} within {Patience.TotalSeconds} s.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        var queue = await _channel.QueueDeclareAsync(cancellationToken: cancellationToken);
        foreach (var ending in Endings)
        {
            // Idempotent: the operator declares the same exchange, and may not have published to it yet.
            await _channel.ExchangeDeclareAsync(Prefix + ending, "fanout", durable: true, cancellationToken: cancellationToken);
            await _channel.QueueBindAsync(queue.QueueName, Prefix + ending, "", cancellationToken: cancellationToken);
        }

        var consumer = new AsyncEventingBasicConsumer(_channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            using var envelope = JsonDocument.Parse(delivery.Body);
            _endings.Writer.TryWrite(SyncEnding.Read(delivery.Exchange[Prefix.Length..], envelope.RootElement.GetProperty("message")));
            return Task.CompletedTask;
        };
        await _channel.BasicConsumeAsync(queue.QueueName, true, consumer, cancellationToken);
    }
}
