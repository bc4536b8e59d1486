using System.Text;
using Causality.TestKit.Servers;
using RabbitMQ.Client;

namespace Causality.Standalone.Tests.Dlq;

/// <summary>A virtual host with the queues of one endpoint, and what a test puts there.</summary>
internal sealed class DeadLetterHouse : IAsyncDisposable
{
    public const string Queue = "sync-requested";
    public const string Errors = "sync-requested_error";

    private readonly RabbitMqServer _server;
    private readonly IConnection _connection;
    private readonly IChannel _channel;

    private DeadLetterHouse(RabbitMqServer server, IConnection connection, IChannel channel) => (_server, _connection, _channel) = (server, connection, channel);

    public Uri Broker => _server.AmqpUri;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<DeadLetterHouse> OpenAsync(params string[] queues)
    {
        Assert.SkipUnless(RabbitMqServer.IsAvailable, "No RabbitMQ named; run infra/scripts/with-servers.sh.");
        var server = await RabbitMqServer.CreateAsync(Cancelled);
        var connection = await new ConnectionFactory { Uri = server.AmqpUri }.CreateConnectionAsync(Cancelled);
        var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true), Cancelled);
        foreach (var queue in queues.Length == 0 ? [Queue, Errors] : queues)
            await channel.QueueDeclareAsync(queue, true, false, false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" }, cancellationToken: Cancelled);
        return new DeadLetterHouse(server, connection, channel);
    }

    /// <summary>A dead letter as MassTransit leaves one.</summary>
    public Task PutAsync(string id, string body = "{}", string queue = Errors) => PutAsync(queue, Encoding.UTF8.GetBytes(body), new BasicProperties
    {
        MessageId = id,
        Persistent = true,
        ContentType = "application/json",
        CorrelationId = "kept",
        Headers = new Dictionary<string, object?>
        {
            ["MT-Reason"] = "fault",
            ["MT-Fault-ExceptionType"] = "System.InvalidOperationException",
            ["MT-Fault-Message"] = "The disk is full.",
            ["MT-Fault-ConsumerType"] = "Causality.Scheduler.Consumers.SyncRequestedConsumer",
            ["MT-Fault-Timestamp"] = "2026-01-02T03:04:05.0000000Z",
            ["MT-Host-MachineName"] = "host",
            ["MT-MessageType"] = "urn:message:Causality.Contracts:SyncRequested",
            ["MT-Activity-Id"] = "00-trace",
        },
    });

    public async Task PutAsync(string queue, ReadOnlyMemory<byte> body, BasicProperties properties) =>
        await _channel.BasicPublishAsync("", queue, true, properties, body, Cancelled);

    public async Task<uint> CountAsync(string queue) => await _channel.MessageCountAsync(queue, Cancelled);

    /// <summary>Takes a message for good.</summary>
    public Task<BasicGetResult?> TakeAsync(string queue) => _channel.BasicGetAsync(queue, true, Cancelled);

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
        await _server.DisposeAsync();
    }
}
