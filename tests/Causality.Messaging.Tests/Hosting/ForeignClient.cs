using System.Text;
using System.Threading.Channels;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Causality.Messaging.Tests.Hosting;

/// <summary>A program that knows AMQP and nothing of MassTransit.</summary>
internal sealed class ForeignClient : IAsyncDisposable
{
    private readonly IConnection _connection;
    private readonly IChannel _channel;

    private ForeignClient(IConnection connection, IChannel channel) => (_connection, _channel) = (connection, channel);

    public static async Task<ForeignClient> ConnectAsync(Backend backend)
    {
        var factory = new ConnectionFactory { Uri = backend.Broker.AmqpUri };
        var connection = await factory.CreateConnectionAsync(TestContext.Current.CancellationToken);
        return new ForeignClient(connection, await connection.CreateChannelAsync(cancellationToken: TestContext.Current.CancellationToken));
    }

    public async Task PublishAsync(string exchange, string body, string? contentType = "application/json", string? messageId = null)
    {
        var properties = new BasicProperties { Persistent = true };
        if (contentType is not null)
            properties.ContentType = contentType;
        if (messageId is not null)
            properties.MessageId = messageId;
        await _channel.BasicPublishAsync(exchange, "", true, properties, Encoding.UTF8.GetBytes(body), TestContext.Current.CancellationToken);
    }

    /// <summary>A queue of its own, bound to an exchange.</summary>
    public async Task<ChannelReader<(string ContentType, string Body)>> SubscribeAsync(string exchange)
    {
        var received = Channel.CreateBounded<(string, string)>(100);
        var queue = await _channel.QueueDeclareAsync(cancellationToken: TestContext.Current.CancellationToken);
        await _channel.QueueBindAsync(queue.QueueName, exchange, "", cancellationToken: TestContext.Current.CancellationToken);
        var consumer = new AsyncEventingBasicConsumer(_channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            received.Writer.TryWrite((delivery.BasicProperties.ContentType ?? "", Encoding.UTF8.GetString(delivery.Body.Span)));
            return Task.CompletedTask;
        };
        await _channel.BasicConsumeAsync(queue.QueueName, true, consumer, TestContext.Current.CancellationToken);
        return received.Reader;
    }

    /// <summary>Takes one message from a queue; null while there is none, or no such queue.</summary>
    public async Task<string?> TakeAsync(string queue)
    {
        await using var channel = await _connection.CreateChannelAsync(cancellationToken: TestContext.Current.CancellationToken);
        try
        {
            var message = await channel.BasicGetAsync(queue, true, TestContext.Current.CancellationToken);
            return message is null ? null : Encoding.UTF8.GetString(message.Body.Span);
        }
        catch (RabbitMQ.Client.Exceptions.OperationInterruptedException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
