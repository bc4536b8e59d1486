using MassTransit;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Causality.Messaging.Configuration;

/// <summary>Tries the login before the bus connects, so that one which the broker refuses is an outage like any other: tried again until it lets us in, and said once.</summary>
/// <remarks>
/// A broker that has lost its disk refuses everybody until its users are made again. MassTransit takes that refusal, wherever it stands in a chain of exceptions,
/// for final, and hears nothing any more until the process is started again. The client cannot be told to keep the reason to itself; so the refusal is met
/// here, and handed on as a connection that failed. The price is one more handshake for each connection, and a process has one.
/// </remarks>
internal sealed class LoginProbe(ILogger<LoginProbe> logger, IOptions<BusOptions> options)
{
    private int _refused;

    /// <summary>Logs in and out again.</summary>
    /// <param name="factory">What the bus is about to connect with; unchanged.</param>
    /// <returns>Ends when the broker has let us in, or failed in any way that the connection itself will meet as well.</returns>
    /// <exception cref="RabbitMqConnectionException">The login is refused: the bus tries again later.</exception>
    internal async Task TryAsync(ConnectionFactory factory)
    {
        var broker = BrokerAddress.Parse(options.Value.Uri!);
        try
        {
            await using var connection = await factory.CreateConnectionAsync().ConfigureAwait(false);
        }
        catch (BrokerUnreachableException error) when (IsRefusal(error))
        {
            if (Interlocked.Exchange(ref _refused, 1) == 0)
                MessagingLog.LoginRefused(logger, broker.ToString(), broker.User);
            // With another cause than the client's, by which MassTransit would know it, and not without any: it gives up a start that fails without one.
            var message = $"The broker {broker} refuses the login of the user '{broker.User}'.";
            throw new RabbitMqConnectionException(message, new PossibleAuthenticationFailureException(message));
        }
        catch (Exception error) when (error is BrokerUnreachableException or OperationInterruptedException or AlreadyClosedException)
        {
            return;
        }

        if (Interlocked.Exchange(ref _refused, 0) == 1)
            MessagingLog.LoginAccepted(logger, broker.ToString());
    }

    private static bool IsRefusal(Exception? error) => error switch
    {
        null => false,
        AuthenticationFailureException => true,
        AggregateException several => several.InnerExceptions.Any(IsRefusal),
        _ => IsRefusal(error.InnerException),
    };
}
