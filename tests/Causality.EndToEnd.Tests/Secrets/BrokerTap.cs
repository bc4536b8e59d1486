using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Causality.TestKit.Secrets;
using Causality.TestKit.Servers;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Causality.EndToEnd.Tests.Secrets;

/// <summary>Hears every message that passes an exchange of an operator, with its properties and headers, and looks into the queues of dead letters.</summary>
internal sealed class BrokerTap : IAsyncDisposable
{
    private readonly ConcurrentQueue<byte[]> _heard = new();
    private readonly RabbitMqServer _broker;
    private readonly IConnection _connection;
    private readonly IChannel _channel;

    private BrokerTap(RabbitMqServer broker, IConnection connection, IChannel channel) => (_broker, _connection, _channel) = (broker, connection, channel);

    /// <summary>Begins to listen at the exchanges that there are now.</summary>
    public static async Task<BrokerTap> ConnectAsync(RabbitMqServer broker, CancellationToken cancellationToken)
    {
        var connection = await new ConnectionFactory { Uri = broker.AmqpUri }.CreateConnectionAsync(cancellationToken);
        var tap = new BrokerTap(broker, connection, await connection.CreateChannelAsync(cancellationToken: cancellationToken));
        await tap.ListenAsync(cancellationToken);
        return tap;
    }

    /// <summary>What was heard so far.</summary>
    public SearchedPlace Messages(string name) => new("messages", name, Join(_heard));

    /// <summary>What the broker tells an administrator of who is connected, and how.</summary>
    public async Task<SearchedPlace> ConnectionsAsync(string name, CancellationToken cancellationToken) =>
        new("broker connections", name, await _broker.Management.GetByteArrayAsync(new Uri($"vhosts/{_broker.VirtualHost}/connections", UriKind.Relative), cancellationToken));

    /// <summary>How many messages a queue holds.</summary>
    public async Task<uint> CountAsync(string queue, CancellationToken cancellationToken) => await _channel.MessageCountAsync(queue, cancellationToken);

    /// <summary>Puts a message of another program to an exchange of the contracts.</summary>
    public async Task PublishAsync(string message, string body, CancellationToken cancellationToken) =>
        await _channel.BasicPublishAsync("Causality.Contracts:" + message, "", true, new BasicProperties { ContentType = "application/json" }, Encoding.UTF8.GetBytes(body), cancellationToken);

    /// <summary>The dead letters of a queue, which stay there.</summary>
    public async Task<SearchedPlace> DeadLettersAsync(string queue, CancellationToken cancellationToken)
    {
        var found = new List<byte[]>();
        var last = 0UL;
        while (await _channel.BasicGetAsync(queue, autoAck: false, cancellationToken) is { } letter)
        {
            found.Add(Dump(letter.Exchange, letter.RoutingKey, letter.BasicProperties, letter.Body.Span));
            last = letter.DeliveryTag;
        }

        if (found.Count > 0)
            await _channel.BasicNackAsync(last, multiple: true, requeue: true, cancellationToken);
        return new SearchedPlace("dead letters", queue, Join(found));
    }

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        var queue = await _channel.QueueDeclareAsync(cancellationToken: cancellationToken);
        using var exchanges = JsonDocument.Parse(await _broker.Management.GetStringAsync(new Uri($"exchanges/{_broker.VirtualHost}", UriKind.Relative), cancellationToken));
        foreach (var name in exchanges.RootElement.EnumerateArray().Select(exchange => exchange.GetProperty("name").GetString()!).Where(name => name.Length > 0 && !name.StartsWith("amq.", StringComparison.Ordinal)))
            await _channel.QueueBindAsync(queue.QueueName, name, "#", cancellationToken: cancellationToken);

        var consumer = new AsyncEventingBasicConsumer(_channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            _heard.Enqueue(Dump(delivery.Exchange, delivery.RoutingKey, delivery.BasicProperties, delivery.Body.Span));
            return Task.CompletedTask;
        };
        await _channel.BasicConsumeAsync(queue.QueueName, true, consumer, cancellationToken);
    }

    private static byte[] Dump(string exchange, string key, IReadOnlyBasicProperties properties, ReadOnlySpan<byte> body)
    {
        var about = new StringBuilder($"{exchange} {key} {properties.ContentType} {properties.CorrelationId} {properties.MessageId} {properties.ReplyTo} {properties.Type} {properties.UserId} {properties.AppId}\n");
        foreach (var (name, value) in properties.Headers ?? new Dictionary<string, object?>())
            about.Append(name).Append(": ").Append(Text(value)).Append('\n');
        return [.. Encoding.UTF8.GetBytes(about.ToString()), .. body, (byte)'\n'];
    }

    private static string Text(object? value) => value switch
    {
        byte[] bytes => Encoding.UTF8.GetString(bytes),
        IDictionary<string, object?> table => string.Join(", ", table.Select(member => $"{member.Key}={Text(member.Value)}")),
        IEnumerable<object?> list => string.Join(", ", list.Select(Text)),
        _ => value?.ToString() ?? "",
    };

    private static byte[] Join(IEnumerable<byte[]> parts) => [.. parts.SelectMany(part => part)];
}
