using System.Runtime.CompilerServices;
using Causality.Standalone.Input;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Causality.Standalone.Commands.Dlq;

/// <summary>A connection to the operator's broker, for queues of dead letters only.</summary>
internal sealed class DeadLetterBroker : IAsyncDisposable
{
    /// <summary>Most messages that one command holds at a time; the broker keeps them, we only their numbers.</summary>
    public const int MaxHeld = 100_000;

    private readonly IConnection _connection;

    private DeadLetterBroker(IConnection connection) => _connection = connection;

    /// <exception cref="InputException">Nobody answers there, or the login is refused.</exception>
    public static async Task<DeadLetterBroker> ConnectAsync(BrokerTarget target, CancellationToken cancellationToken)
    {
        var factory = new ConnectionFactory { Uri = target.Uri, VirtualHost = target.VirtualHost, AutomaticRecoveryEnabled = false, ClientProvidedName = "causality dlq" };
        try
        {
            return new DeadLetterBroker(await factory.CreateConnectionAsync(cancellationToken));
        }
        catch (Exception exception) when (exception is BrokerUnreachableException or OperationInterruptedException)
        {
            throw new InputException($"{target} did not let us in: {exception.GetBaseException().Message}", exception);
        }
    }

    /// <summary>Messages that are ready in a queue; null if there is no such queue.</summary>
    public async Task<uint?> CountAsync(string queue, CancellationToken cancellationToken)
    {
        // The broker closes the channel of whoever asks for a queue that does not exist.
        await using var channel = await _connection.CreateChannelAsync(cancellationToken: cancellationToken);
        try
        {
            return (await channel.QueueDeclarePassiveAsync(queue, cancellationToken)).MessageCount;
        }
        catch (OperationInterruptedException exception) when (exception.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            return null;
        }
    }

    /// <summary>A channel whose publishing waits for the broker's confirmation and fails for a message that reaches no queue.</summary>
    public Task<IChannel> OpenConfirmedAsync(CancellationToken cancellationToken) => _connection.CreateChannelAsync(new CreateChannelOptions(true, true), cancellationToken);

    /// <summary>A channel to take messages from; what is not acknowledged when it closes is back in its queue.</summary>
    public Task<IChannel> OpenAsync(CancellationToken cancellationToken) => _connection.CreateChannelAsync(cancellationToken: cancellationToken);

    /// <summary>Looks at the first messages of a queue; they go back when the caller has seen enough.</summary>
    public async IAsyncEnumerable<DeadLetter> PeekAsync(string queue, int limit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var channel = await OpenAsync(cancellationToken);
        for (var seen = 0; seen < Math.Min(limit, MaxHeld); seen++)
        {
            if (await channel.BasicGetAsync(queue, false, cancellationToken) is not { } received)
                yield break;
            yield return new DeadLetter(received);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await _connection.DisposeAsync();
}
