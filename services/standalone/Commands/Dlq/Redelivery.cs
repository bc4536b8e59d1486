using Causality.Standalone.Input;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Causality.Standalone.Commands.Dlq;

/// <summary>Sends a dead letter to where it came from: same id, same bytes, without the marks of its failure.</summary>
internal static class Redelivery
{
    private static readonly string[] Marks = ["MT-Fault-", "MT-Reason", "MT-Host-", "x-death", "x-first-death-", "x-last-death-", "x-delivery-count", "x-dotnet-pub-seq-no"];

    /// <summary>Done when the broker has confirmed that the message is in the queue.</summary>
    /// <exception cref="InputException">The message cannot be re-driven, or the queue is not there.</exception>
    public static async Task SendAsync(IChannel channel, string queue, DeadLetter letter, CancellationToken cancellationToken)
    {
        var properties = new BasicProperties(letter.Properties) { Headers = HeadersFor(queue, letter) };
        try
        {
            await channel.BasicPublishAsync("", queue, true, properties, letter.Body, cancellationToken);
        }
        catch (PublishException exception)
        {
            throw new InputException($"The broker did not take message {letter.Id} for queue '{queue}'{(exception.IsReturn ? ": there is no such queue; start the service that has it" : "")}.", exception);
        }
    }

    /// <summary>The headers to send, or the reason why not.</summary>
    /// <exception cref="InputException">Nothing tells the type of a plain message for a queue that takes several: it would be taken for all of them.</exception>
    public static Dictionary<string, object?> HeadersFor(string queue, DeadLetter letter)
    {
        var headers = (letter.Properties.Headers ?? new Dictionary<string, object?>())
            .Where(header => !Array.Exists(Marks, mark => header.Key.StartsWith(mark, StringComparison.Ordinal))).ToDictionary(header => header.Key, header => header.Value);
        if (letter.IsEnvelope)
            return headers;
        if (letter.PlainType is { } type)
            headers["MT-MessageType"] = type;
        else if (OperatorQueues.TakesSeveralTypes(queue))
            throw new InputException($"Nothing tells the type of the plain message {letter.Id ?? "without id"}, and '{queue}' takes several: publish it again to its exchange, and discard this one.");
        return headers;
    }
}
