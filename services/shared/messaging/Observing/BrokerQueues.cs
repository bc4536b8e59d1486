using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Causality.Messaging.Observing;

/// <summary>Asks the broker how many messages a queue has, over one connection that is made when it is needed and made again when it broke.</summary>
internal sealed class BrokerQueues(BrokerAddress address) : IAsyncDisposable
{
    private IConnection? _connection;

    /// <summary>Messages that are ready; 0 for a queue that does not exist.</summary>
    /// <exception cref="BrokerUnreachableException">Nobody answers, or the login is refused.</exception>
    public async Task<long> CountAsync(string queue, CancellationToken cancellationToken)
    {
        var connection = await ConnectAsync(cancellationToken).ConfigureAwait(false);
        // The broker closes the channel of whoever asks for a queue that does not exist.
        var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        await using (channel.ConfigureAwait(false))
        {
            try
            {
                return (await channel.QueueDeclarePassiveAsync(queue, cancellationToken).ConfigureAwait(false)).MessageCount;
            }
            catch (OperationInterruptedException exception) when (exception.ShutdownReason?.ReplyCode == Constants.NotFound)
            {
                return 0;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
            await _connection.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<IConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        if (_connection is { IsOpen: true } open)
            return open;
        await DisposeAsync().ConfigureAwait(false);
        _connection = null;
        var factory = new ConnectionFactory
        {
            HostName = address.Host,
            Port = address.Port,
            VirtualHost = address.VirtualHost,
            UserName = address.User,
            Password = address.Password,
            Ssl = new SslOption(address.Host, enabled: address.Encrypted),
            AutomaticRecoveryEnabled = false,
            ClientProvidedName = "causality dead letters",
        };
        return _connection = await factory.CreateConnectionAsync(cancellationToken).ConfigureAwait(false);
    }
}
