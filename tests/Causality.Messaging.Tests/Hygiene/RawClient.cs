using System.Text;
using System.Text.Json;
using Causality.Messaging.Tests.Hosting;
using RabbitMQ.Client;

namespace Causality.Messaging.Tests.Hygiene;

/// <summary>Talks to the broker about queues rather than messages.</summary>
internal sealed class RawClient(Backend backend) : IAsyncDisposable
{
    private IConnection? _connection;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>A message as it lies in a queue.</summary>
    public sealed record Letter(string Body, IReadOnlyDictionary<string, string> Headers, string? MessageId);

    /// <summary>Publishes and waits for the broker's word.</summary>
    public async Task PublishAsync(string exchange, ReadOnlyMemory<byte> body, string? contentType, string? messageId = null)
    {
        await using var channel = await (await ConnectAsync()).CreateChannelAsync(new CreateChannelOptions(true, true), Cancelled);
        var properties = new BasicProperties { Persistent = true, ContentType = contentType, MessageId = messageId };
        await channel.BasicPublishAsync(exchange, "", true, properties, body, Cancelled);
    }

    /// <summary>Takes a message and dies with it, or gives it back; false if there was none.</summary>
    public async Task<bool> TakeAndFailAsync(string queue, bool bySayingSo)
    {
        await using var channel = await (await ConnectAsync()).CreateChannelAsync(cancellationToken: Cancelled);
        if (await channel.BasicGetAsync(queue, false, Cancelled) is not { } message)
            return false;
        if (bySayingSo)
            await channel.BasicNackAsync(message.DeliveryTag, false, true, Cancelled);
        else
            await CloseAsync();
        return true;
    }

    /// <summary>Takes a message for good; null while there is none.</summary>
    public async Task<Letter?> TakeAsync(string queue)
    {
        await using var channel = await (await ConnectAsync()).CreateChannelAsync(cancellationToken: Cancelled);
        if (await channel.BasicGetAsync(queue, true, Cancelled) is not { } message)
            return null;
        var headers = (message.BasicProperties.Headers ?? new Dictionary<string, object?>()).ToDictionary(header => header.Key, header => Text(header.Value));
        return new Letter(Encoding.UTF8.GetString(message.Body.Span), headers, message.BasicProperties.MessageId);
    }

    /// <summary>What the management API says of the virtual host's queues, by name.</summary>
    public async Task<Dictionary<string, JsonElement>> QueuesAsync()
    {
        var text = await backend.Broker.Management.GetStringAsync(new Uri($"queues/{backend.Broker.VirtualHost}", UriKind.Relative), Cancelled);
        return JsonSerializer.Deserialize<JsonElement[]>(text)!.ToDictionary(queue => queue.GetProperty("name").GetString()!);
    }

    public async ValueTask DisposeAsync() => await CloseAsync();

    private async Task<IConnection> ConnectAsync() =>
        _connection ??= await new ConnectionFactory { Uri = backend.Broker.AmqpUri, AutomaticRecoveryEnabled = false }.CreateConnectionAsync(Cancelled);

    private async Task CloseAsync()
    {
        if (_connection is not null)
            await _connection.DisposeAsync();
        _connection = null;
    }

    private static string Text(object? value) => value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : value?.ToString() ?? "";
}
