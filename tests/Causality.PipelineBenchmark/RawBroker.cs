using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Causality.PipelineBenchmark;

/// <summary>The broker alone: one confirmed publish to a quorum queue and its delivery, without any framework.</summary>
internal static class RawBroker
{
    public static async Task<(Sample Sequential, Sample Crowded)> MeasureAsync(Setting setting, CancellationToken cancellationToken)
    {
        await using var connection = await new ConnectionFactory { Uri = setting.Amqp, ClientProvidedName = "bench raw" }.CreateConnectionAsync(cancellationToken);
        await using var publisher = await connection.CreateChannelAsync(new CreateChannelOptions(true, true), cancellationToken);
        await using var receiver = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        const string queue = "bench-raw";
        await receiver.QueueDeclareAsync(queue, true, false, false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" }, cancellationToken: cancellationToken);
        await receiver.BasicQosAsync(0, 100, false, cancellationToken);
        var race = new Race();
        var consumer = new AsyncEventingBasicConsumer(receiver);
        consumer.ReceivedAsync += async (_, delivery) =>
        {
            race.Answer(new Guid(delivery.Body.Span), "delivered");
            await receiver.BasicAckAsync(delivery.DeliveryTag, false, CancellationToken.None);
        };
        await receiver.BasicConsumeAsync(queue, false, consumer, cancellationToken);

        Task SendAsync(int lane, Guid id) => publisher.BasicPublishAsync("", queue, true, new BasicProperties { Persistent = true }, id.ToByteArray(), cancellationToken).AsTask();
        await race.RunAsync(setting.Peers, setting.WarmUp, SendAsync, "delivered", cancellationToken);
        var result = (await race.RunAsync(1, setting.Sequential, SendAsync, "delivered", cancellationToken), await race.RunAsync(setting.Peers, setting.Crowded, SendAsync, "delivered", cancellationToken));
        await receiver.QueueDeleteAsync(queue, cancellationToken: cancellationToken);
        return result;
    }
}
